import { format, m } from '#lib/i18n.ts'
import { csvOf } from '../csv.ts'
import { areaWords } from './area-words.ts'
import type { Change, Described } from './describe.ts'
import type { Line } from './field-words.ts'

/** The log as a table, one row for each field that was changed. */
export function logAsCsv(entries: readonly Described[]): string {
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
  return csvOf(header, entries.flatMap(rowsOf))
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
