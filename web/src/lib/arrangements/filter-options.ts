import type { ArrangementStatus } from '@samkraft/contracts/arrangements'
import { m } from '#lib/i18n.ts'
import type { Option } from '#lib/ui/option.ts'
import { sideWords, statusWords } from './words.ts'

/** Statuses to filter by: those people think of together, then each by itself. */
export function arrangementFilterOptions(): Option[] {
  const each = Object.entries(statusWords) as [ArrangementStatus, () => string][]
  return [
    { value: '', label: m.filter_status_any() },
    { value: 'pa-gang', label: m.filter_status_open() },
    { value: 'galler', label: m.filter_status_running() },
    { value: 'stangda', label: m.filter_status_closed() },
    ...each.map(([value, word]) => ({ value, label: word() })),
  ]
}

/** The parts the own organisation may play. */
export function sideOptions(): Option[] {
  return [
    { value: '', label: m.filter_side_any() },
    ...(['lender', 'borrower'] as const).map((value) => ({ value, label: sideWords[value]() })),
  ]
}
