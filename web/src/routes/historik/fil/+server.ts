import { error } from '@sveltejs/kit'
import { format, m } from '#lib/i18n.ts'
import { readAsked } from '#lib/server/history/asked.ts'
import { csvOf } from '#lib/server/history/csv.ts'
import { type Described, describe } from '#lib/server/history/describe.ts'
import { namesIn } from '#lib/server/history/names.ts'
import { type LogEntry, readLog } from '#lib/server/history/read-log.ts'
import type { RequestHandler } from './$types'

const pageSize = 100
/** What one file holds, and what is read within the minute that a token is good for. */
const most = 5_000

/** The history that the address asks for, as a file for a spreadsheet. Never cut short: what does not fit is refused. */
export const GET: RequestHandler = async ({ url, locals }) => {
  const { query } = readAsked(url)
  const entries: LogEntry[] = []
  // A file is the whole of what is asked for, wherever the page it was asked from stood.
  let cursor: string | undefined
  do {
    const { items, next } = await readLog(locals.services, { ...query, cursor }, pageSize)
    entries.push(...items)
    if (next !== null && entries.length >= most) error(422, m.log_file_too_long({ most: format.number(most) }))
    cursor = next ?? undefined
  } while (cursor !== undefined)
  const names = await namesIn(locals, entries)
  const described = entries.map((entry) => describe(entry, names))
  const about = query.subjectId ? referenceIn(described) : null
  const name = ['samkraft', m.log_file_name(), about, format.dateOf(new Date())].filter(Boolean).join('-')
  return new Response(csvOf(described), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
    },
  })
}

/** The reference of the arrangement that all entries are of; null where they are of something else. */
function referenceIn(entries: readonly Described[]): string | null {
  const texts = entries.map(({ about }) => about?.text ?? '')
  return texts.find((text) => /^SK-\d{4}-\d+$/.test(text)) ?? null
}
