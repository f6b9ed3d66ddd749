import type {
  ArrangementStatus,
  ArrangementSummary,
  HolderView,
  MoveName,
  MoveObstacle,
  OrganisationRef,
  ReasonView,
  ShortfallView,
  StepView,
} from '@samkraft/contracts/arrangements'
import { type Period, periodThrough, type Role } from '@samkraft/kernel'
import { listed, reasonWords } from '#lib/arrangements/words.ts'
import { format, m } from '#lib/i18n.ts'
import { wordFor } from '#lib/marketplace/words.ts'
import { hasRole, type SignedIn } from '#lib/signed-in.ts'

/** Why a move is not open, beside its control. */
export const obstacleWords: Readonly<Record<MoveObstacle, () => string>> = {
  closed: m.error_arrangement_closed,
  waits_for_lender: m.error_arrangement_waits_for_lender,
  waits_for_borrower: m.error_arrangement_waits_for_borrower,
  waits_for_coordinator: m.error_arrangement_waits_for_coordinator,
  waits_for_ledger: m.error_arrangement_waits_for_ledger,
  waits_for_agreed_terms: m.error_arrangement_waits_for_agreed_terms,
  waits_for_decisions: m.error_arrangement_waits_for_decisions,
  waits_for_approval: m.error_arrangement_waits_for_approval,
  terms_already_agreed: m.error_arrangement_terms_already_agreed,
  already_accepted: m.error_arrangement_already_accepted,
  already_decided: m.error_arrangement_already_decided,
  already_approved: m.error_arrangement_already_approved,
  ends_anyway: m.error_arrangement_ends_anyway,
  decide_instead: m.error_arrangement_decide_instead,
  return_instead: m.error_arrangement_return_instead,
  other_side_proposed: m.error_arrangement_other_side_proposed,
  own_proposal: m.error_arrangement_own_proposal,
  role_negotiator_needed: m.error_arrangement_role_negotiator_needed,
  role_decider_needed: m.error_arrangement_role_decider_needed,
  role_coordinator_needed: m.error_arrangement_role_coordinator_needed,
  same_person_decided_for_other_side: m.error_arrangement_same_person_decided_for_other_side,
  same_person_decided: m.error_arrangement_same_person_decided,
  deadline_passed: m.error_arrangement_deadline_passed,
  not_possible_now: m.error_arrangement_not_possible_now,
}

const roleWords: Readonly<Record<Role, () => string>> = {
  officer: m.acting_role_officer,
  manager: m.acting_role_manager,
  decider: m.acting_role_decider,
  chair: m.acting_role_chair,
  signatory: m.acting_role_signatory,
  coordinator: m.acting_role_coordinator,
  process_support: m.acting_role_process_support,
  registrar: m.acting_role_registrar,
  administrator: m.acting_role_administrator,
}

/** In which role somebody acted: `som enhetschef`. It is no title: one person may have several roles. */
export function actedAs(role: Role): string {
  return m.acting_role({ role: roleSaid(role) })
}

/** A role within a sentence: `handläggare`. */
export function roleSaid(role: Role): string {
  return roleWords[role]()
}

/** A reason in one line: the chosen code, the figures of the ledger, and what was written. */
export function reasonSaid({ code, text, shortfall }: ReasonView): string {
  const word = wordFor(reasonWords, code)
  const figures = shortfall && shortfallSaid(shortfall)
  const why = figures ? `${word}: ${figures}` : word
  // "Annat skäl" says nothing beside what was written instead.
  if (text === '') return why
  return code === 'other' ? text : `${why}. ${text}`
}

/** That it ends earlier than agreed, or ended so, or never begins, and why; null when it goes on as agreed. */
export function endingSaid({ status, endsOn, period, reason }: ArrangementSummary): string | null {
  if (endsOn === null) return null
  const why = reason ? reasonSaid(reason) : ''
  if (endsOn < period.from) return m.arrangement_never_begins({ reason: why })
  const ending = { date: endsOn, reason: why }
  return status === 'ended' ? m.arrangement_ended_early(ending) : m.arrangement_ends_early(ending)
}

/** Why it stands where it does, or that it ends early and when; null where there is nothing to say. */
export function whySaid(arrangement: ArrangementSummary): string | null {
  return endingSaid(arrangement) ?? (arrangement.reason && reasonSaid(arrangement.reason))
}

/** The days it goes on: as agreed, or through the day it was decided to end. What never begins keeps what was agreed. */
export function periodOf({ period, endsOn }: Pick<ArrangementSummary, 'period' | 'endsOn'>): Period {
  return endsOn !== null && endsOn >= period.from ? periodThrough(period.from, endsOn) : period
}

/** Where several share the hours, which are then all of theirs: `delas av 4 kommuner`; null for one. */
export function sharedSaid({ borrowers: { length: count } }: Pick<ArrangementSummary, 'borrowers'>): string | null {
  return count > 1 ? m.worklist_borrowers({ count }) : null
}

/** `2 av 8 timmar kvar v. 5`, and in how many weeks more there are too few. */
export function shortfallSaid({ left, asked, week, weeks = 1 }: ShortfallView): string {
  const first = m.reason_shortfall({ left: format.number(left), asked: format.number(asked), week: format.week(week) })
  return weeks > 1 ? `${first}, ${m.shortfall_more({ count: weeks - 1 })}` : first
}

/** The region, while the parties are to answer what the coordinator proposed; null otherwise, as when one of them has made a counter-proposal. */
export function proposingRegion({
  status,
  revision,
  proposer,
  lender,
  borrowers,
}: Pick<ArrangementSummary, 'status' | 'revision' | 'proposer' | 'lender' | 'borrowers'>): OrganisationRef | null {
  const isParty = [lender, ...borrowers].some(({ id }) => id === proposer.id)
  return status === 'proposed' && revision === 1 && !isParty ? proposer : null
}

/** Who holds it now, in one line: `Ligger hos er och Norbergs kommun`. The reader's own organisation comes first. */
export function holderSaid({ organisations, roles }: HolderView, ownId: string | undefined): string {
  if (organisations.length === 0) return m.arrangement_held_ledger()
  const others = organisations.filter(({ id }) => id !== ownId).map(({ name }) => name)
  const names = listed(others.length < organisations.length ? [m.arrangement_held_you(), ...others] : others)
  const decides = roles.includes('decider') && !roles.includes('officer')
  return decides ? m.arrangement_held_decider({ organisations: names }) : m.arrangement_held({ organisations: names })
}

/** Whether the reader is the one it waits for, and not others of the same organisation or besides it. */
export function waitsForReader(
  { organisations, roles }: HolderView,
  actor: Pick<SignedIn, 'organisationId' | 'roles'> | null,
): boolean {
  return organisations.every(({ id }) => id === actor?.organisationId) && hasRole(actor, roles)
}

/** `svar senast 2026-12-07`, or that it is late; null when nobody is waited for. */
export function deadlineSaid({ until, overdue }: HolderView): string | null {
  if (until === null) return null
  return overdue ? m.answer_late({ date: until }) : m.answer_by({ date: until })
}

const happened: Readonly<Record<Exclude<MoveName, 'decide'>, (by: { organisation: string }) => string>> = {
  propose: m.happened_propose,
  revise: m.happened_revise,
  accept: m.happened_accept,
  decline: m.happened_decline,
  withdraw: m.happened_withdraw,
  approve: m.happened_approve,
  return: m.happened_return,
  end: m.happened_end,
  lapse: () => m.happened_lapse(),
  activate: () => m.happened_activate(),
  finish: () => m.happened_finish(),
  reserve: () => m.happened_reserve(),
  refuse: () => m.happened_refuse(),
}

/** What happened, in one line: `Norbergs kommun föreslog samarbetet`. */
export function happenedSaid({ move, to, organisation }: Pick<StepView, 'move' | 'to' | 'organisation'>): string {
  const by = { organisation: organisation?.name ?? '' }
  if (move === 'decide') return to === 'declined' ? m.happened_decide_no(by) : m.happened_decide_yes(by)
  return happened[move](by)
}

const stopping: readonly ArrangementStatus[] = ['declined', 'withdrawn', 'lapsed']
const setbacks: readonly MoveName[] = ['return', 'refuse']

/** Whether a step brought it to a stop or back. */
export function isSetback({ move, to }: Pick<StepView, 'move' | 'to'>): boolean {
  return stopping.includes(to) || setbacks.includes(move)
}

/** When, in which role, and why: the line under what happened. With its day, since it is read on paper too. */
export function detailSaid({ at, role, reason }: Pick<StepView, 'at' | 'role' | 'reason'>): string {
  const who = [format.instant(at), role && actedAs(role)].filter(Boolean).join(', ')
  return reason ? `${who}. ${reasonSaid(reason)}` : who
}
