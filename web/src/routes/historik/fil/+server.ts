import { error } from '@sveltejs/kit'
import { format, m } from '#lib/i18n.ts'
import { readAsked } from '#lib/server/history/asked.ts'
import { csvOf } from '#lib/server/history/csv.ts'
import { describe } from '#lib/server/history/describe.ts'
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
  return new Response(csvOf(entries.map((entry) => describe(entry, names))), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="samkraft-${m.log_file_name()}-${format.dateOf(new Date())}.csv"`,
    },
  })
}
