import type { WorklistItem } from '@samkraft/contracts/arrangements'
import { lastDay } from '@samkraft/kernel'
import { statusWords } from '#lib/arrangements/words.ts'
import { format, m } from '#lib/i18n.ts'
import { periodOf, whySaid } from '../arrangements/said.ts'
import { csvOf } from '../csv.ts'

/** The worklist as a table of its own: what a page says in one cell stands in columns that can be sorted and summed. */
export function worklistAsCsv(items: readonly WorklistItem[], nameOf: (competence: string) => string): string {
  const names = (organisations: readonly { shortName: string }[]) =>
    organisations.map(({ shortName }) => shortName).join(', ')
  const header = [
    m.arrangement_reference(),
    m.filter_competence(),
    m.side_lender(),
    m.side_borrower(),
    m.column_status(),
    m.column_holder(),
    m.worklist_since(),
    m.column_until(),
    m.column_days(),
    m.column_follow_up(),
    m.worklist_note(),
    m.column_hours(),
    m.field_period_from(),
    m.field_period_to(),
    m.worklist_reason(),
  ]
  const rows = items.map((item) => [
    item.reference,
    nameOf(item.competence),
    item.lender.shortName,
    names(item.borrowers),
    statusWords[item.status](),
    item.holder ? names(item.holder.organisations) : '',
    item.holder ? format.dateOf(item.holder.since) : '',
    item.holder?.until ?? '',
    format.number(item.ageInDays),
    item.followUpDate ?? '',
    item.followUpNote,
    format.number(item.hoursPerWeek),
    item.period.from,
    lastDay(periodOf(item)),
    whySaid(item) ?? '',
  ])
  return csvOf(header, rows)
}
