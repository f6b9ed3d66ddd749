import { error } from '@sveltejs/kit'
import { stringify } from 'csv-stringify/sync'
import { format, m } from '#lib/i18n.ts'
import { type Page, pagesOf } from './whole-of.ts'

/** What spreadsheets need to see that a file is UTF-8. */
const byteOrderMark = '\ufeff'

const pageSize = 100
/** What one file holds, and what is read within the minute that a token is good for. */
const most = 5_000

/**
 * A table as Swedish spreadsheets read it: semicolons between columns. A cell that would be taken for a formula is marked as text
 * (ASVS 5.0.0 1.2.10).
 */
export function csvOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return (
    byteOrderMark +
    stringify([header, ...rows], {
      delimiter: ';',
      record_delimiter: 'windows',
      escape_formulas: true,
      quoted_string: true,
    })
  )
}

/** A file to keep, called `samkraft-…` by what it is and the day it was made. */
export function csvFile(called: readonly (string | null)[], csv: string): Response {
  const name = ['samkraft', ...called, format.dateOf(new Date())].filter(Boolean).join('-')
  return new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
    },
  })
}

/** All of a list, wherever the page it is asked for from stands. Never cut short: what does not fit in a file is refused. */
export async function allForFile<Item>(
  read: (page: { cursor: string | undefined; limit: number }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = []
  for await (const page of pagesOf((cursor) => read({ cursor, limit: pageSize }))) {
    items.push(...page.items)
    if (page.next !== null && items.length >= most) error(422, m.log_file_too_long({ most: format.number(most) }))
  }
  return items
}
