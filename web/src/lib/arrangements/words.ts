import type {
  ArrangementStatus,
  declineReasons,
  endReasons,
  machineReasons,
  PersonMove,
  returnReasons,
  withdrawReasons,
} from '@samkraft/contracts/arrangements'
import { format, m } from '#lib/i18n.ts'
import type { Option } from '#lib/ui/option.ts'

// Only types are taken from the contracts: their schemas would bring a validator to every page in the browser.
type Of<Codes extends readonly string[]> = Codes[number]
type Words<Code extends string> = Readonly<Record<Code, () => string>>

export type DeclineReason = Of<typeof declineReasons>
export type WithdrawReason = Of<typeof withdrawReasons>
export type ReturnReason = Of<typeof returnReasons>
export type EndReason = Of<typeof endReasons>
type ReasonCode = DeclineReason | WithdrawReason | ReturnReason | EndReason | Of<typeof machineReasons>

export const statusWords: Words<ArrangementStatus> = {
  proposed: m.arrangement_status_proposed,
  lender_decision: m.arrangement_status_lender_decision,
  borrower_decision: m.arrangement_status_borrower_decision,
  coordinator_approval: m.arrangement_status_coordinator_approval,
  reserving: m.arrangement_status_reserving,
  approved: m.arrangement_status_approved,
  active: m.arrangement_status_active,
  ended: m.arrangement_status_ended,
  declined: m.arrangement_status_declined,
  withdrawn: m.arrangement_status_withdrawn,
  lapsed: m.arrangement_status_lapsed,
}

/** How a status is drawn: what is under way, what is settled, what came to nothing. */
export const statusKinds: Readonly<Record<ArrangementStatus, 'accent' | 'warn' | 'stop' | 'neutral'>> = {
  proposed: 'warn',
  lender_decision: 'warn',
  borrower_decision: 'warn',
  coordinator_approval: 'warn',
  reserving: 'warn',
  approved: 'accent',
  active: 'accent',
  ended: 'neutral',
  declined: 'stop',
  withdrawn: 'neutral',
  lapsed: 'stop',
}

export const moveWords: Words<PersonMove> = {
  revise: m.move_revise,
  accept: m.move_accept,
  decline: m.move_decline,
  withdraw: m.move_withdraw,
  decide: m.move_decide,
  approve: m.move_approve,
  return: m.move_return,
  end: m.move_end,
}

export const sideWords: Words<'lender' | 'borrower' | 'coordinator'> = {
  lender: m.side_lender,
  borrower: m.side_borrower,
  coordinator: m.side_coordinator,
}

export const reasonWords: Words<ReasonCode> = {
  no_capacity: m.reason_no_capacity,
  need_gone: m.reason_need_gone,
  terms: m.reason_terms,
  cost: m.reason_cost,
  period: m.reason_period,
  other_solution: m.reason_other_solution,
  not_prioritised: m.reason_not_prioritised,
  legal_obstacle: m.reason_legal_obstacle,
  other: m.reason_other,
  capacity_gone: m.reason_capacity_gone,
  mistake: m.reason_mistake,
  unclear_terms: m.reason_unclear_terms,
  missing_basis: m.reason_missing_basis,
  legal_route: m.reason_legal_route,
  other_plan: m.reason_other_plan,
  terms_not_kept: m.reason_terms_not_kept,
  deadline_passed: m.reason_deadline_passed,
  period_passed: m.reason_period_passed,
  as_agreed: m.reason_as_agreed,
  capacity_not_enough: m.reason_capacity_not_enough,
  capacity_not_open: m.reason_capacity_not_open,
}

/** Reasons to choose among, in the order given. */
export function reasonOptions(codes: readonly ReasonCode[]): Option[] {
  return codes.map((code) => ({ value: code, label: reasonWords[code]() }))
}

/** Names as one says them: `Norberg, Kungsör och Sala`. */
export function listed(names: readonly string[]): string {
  return format.list(names)
}

/** As `listed`, cut short where a line has no room: `Norberg, Kungsör och 2 till`. */
export function listedShort(names: readonly string[]): string {
  const [shown, more] = [names.slice(0, 2), names.length - 2]
  return more > 1 ? m.arrangement_names_more({ name: shown.join(', '), count: String(more) }) : listed(names)
}

type Named = Readonly<{ name: string; shortName: string }>

/** `Skolpsykolog, Västerås till Norberg`. */
export function arrangementTitle(
  competence: string,
  { lender, borrowers }: Readonly<{ lender: Named; borrowers: readonly Named[] }>,
): string {
  return m.arrangement_title({
    competence,
    lender: lender.shortName,
    borrowers: listedShort(borrowers.map(({ shortName }) => shortName)),
  })
}
