import { error } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import { allForFile, csvFile } from '#lib/server/csv.ts'
import { readAsked } from '#lib/server/history/asked.ts'
import { logAsCsv } from '#lib/server/history/csv.ts'
import { type Described, describe } from '#lib/server/history/describe.ts'
import { namesIn } from '#lib/server/history/names.ts'
import { readLog } from '#lib/server/history/read-log.ts'
import type { RequestHandler } from './$types'

/** The history that the address asks for, as a file for a spreadsheet. */
export const GET: RequestHandler = async ({ url, locals }) => {
  const { query, state } = readAsked(url)
  // A page shows the rest and says so beside the field; a file would only hold more than was asked for.
  const [wrong] = state.errors
  if (wrong) error(422, `${wrong.label}: ${wrong.text}`)
  const entries = await allForFile(({ cursor, limit }) => readLog(locals.services, { ...query, cursor }, limit))
  const names = await namesIn(locals, entries)
  const described = entries.map((entry) => describe(entry, names))
  return csvFile([m.log_file_name(), query.subjectId ? referenceIn(described) : null], logAsCsv(described))
}

/** The reference of the arrangement that all entries are of; null where they are of something else. */
function referenceIn(entries: readonly Described[]): string | null {
  const texts = entries.map(({ about }) => about?.text ?? '')
  return texts.find((text) => /^SK-\d{4}-\d+$/.test(text)) ?? null
}
