import { stringify } from 'csv-stringify/sync'
import { format, m } from '#lib/i18n.ts'
import { areaWords } from './area-words.ts'
import type { Change, Described } from './describe.ts'
import type { Line } from './field-words.ts'

/** What spreadsheets need to see that a file is UTF-8. */
const byteOrderMark = '\ufeff'

/**
 * The log as a table, one row for each field that was changed, as Swedish spreadsheets read it: semicolons between columns.
 * A cell that would be taken for a formula is marked as text (ASVS 5.0.0 1.2.10).
 */
export function csvOf(entries: readonly Described[]): string {
  const header = [
    m.log_column_at(),
    m.register_name(),
    m.log_column_log(),
    m.log_column_number(),
    m.log_column_who(),
    m.log_column_what(),
    m.log_column_about(),
    m.log_column_field(),
    m.log_column_before(),
    m.log_column_after(),
  ]
  return (
    byteOrderMark +
    stringify([header, ...entries.flatMap(rowsOf)], {
      delimiter: ';',
      record_delimiter: 'windows',
      escape_formulas: true,
      quoted_string: true,
    })
  )
}

function rowsOf({ at, organisation, area, number, who, what, about, changes }: Described): string[][] {
  const entry = [
    format.instant(at),
    organisation.text,
    areaWords[area](),
    String(number),
    who.text,
    what,
    about?.text ?? '',
  ]
  const none: Pick<Change, 'label' | 'before' | 'after'> = { label: '', before: null, after: null }
  return (changes.length > 0 ? changes : [none]).map(({ label, before, after }) => [
    ...entry,
    label,
    plain(before),
    plain(after),
  ])
}

function plain(said: readonly Line[] | null): string {
  return (said ?? [])
    .map((line) => line.map((part) => (typeof part === 'string' ? part : part.text)).join(''))
    .join('\n')
}
