import {
  type ArrangementStatus,
  finalStatuses,
  type ReasonView,
  type Share,
  type Side,
} from '@samkraft/contracts/arrangements'
import { lastDay, type Period, type Role } from '@samkraft/kernel'
import { awaitedMove, rolesAwaited, ruleFor } from './move-table.ts'
import { workingDayAfter } from './working-days.ts'

export type Decision = Readonly<{
  organisationId: string
  personId: string
  /** The round of negotiation it was taken in; it stands as long as that is the present one. */
  round: number
  decision: 'yes' | 'no'
}>

export type Arrangement = Readonly<{
  id: string
  reference: string
  status: ArrangementStatus
  version: number
  /** The region that coordinates it: that of the lender's county. */
  regionId: string
  offerId: string
  lenderId: string
  borrowerIds: readonly string[]
  proposerId: string
  /** Number of the latest terms. */
  revision: number
  /** Counts how often the terms were opened: by a proposal, a revision, a return or a refusal. */
  round: number
  /** The latest terms: what each borrower gets. */
  shares: readonly Share[]
  /** The organisations that have said yes to the terms in this round. */
  accepted: readonly string[]
  /** All decisions ever taken, also those of earlier rounds. */
  decisions: readonly Decision[]
  heldSince: string
  /** The last day to answer; null when nobody is waited for. */
  heldUntil: string | null
  /** The last day, when it was decided that it ends before the last day agreed. */
  endsOn: string | null
  /** Why it was last sent back, refused or closed; forgotten when it goes on from there. */
  reason: ReasonView | null
}>

/** Who takes part, and who proposed. */
export type Parties = Pick<Arrangement, 'lenderId' | 'borrowerIds' | 'regionId' | 'proposerId'>

/** The database's clock: the instant, and the Swedish day it lies in. */
export type Moment = Readonly<{ now: string; today: string }>

/** Working days each holder has for an answer, while the period they answer about lasts. */
const daysToAnswer = 10

/** From the first day of any share to the day after the last. */
export function periodOf(shares: readonly Share[]): Period {
  return {
    from: shares.reduce((first, { period }) => (period.from < first ? period.from : first), '9999-12-31'),
    to: shares.reduce((last, { period }) => (period.to > last ? period.to : last), ''),
  }
}

/** The last day it goes on: as agreed, or as decided when it ends early. */
export function finalDay({ endsOn, shares }: Arrangement): string {
  return endsOn ?? lastDay(periodOf(shares))
}

/** What an organisation is in an arrangement. A region can lend or borrow as well as coordinate; a stranger is nothing. */
export function sidesOf(
  arrangement: Pick<Arrangement, 'lenderId' | 'borrowerIds' | 'regionId'>,
  organisationId: string,
): Side[] {
  const sides: Side[] = []
  if (arrangement.lenderId === organisationId) sides.push('lender')
  if (arrangement.borrowerIds.includes(organisationId)) sides.push('borrower')
  if (arrangement.regionId === organisationId) sides.push('coordinator')
  return sides
}

/** The lender and the borrowers: those whose authorities decide. */
export function partiesOf({ lenderId, borrowerIds }: Arrangement): string[] {
  return [lenderId, ...borrowerIds]
}

/** Everyone who may see it. */
export function concernedBy(arrangement: Arrangement): string[] {
  return [...new Set([...partiesOf(arrangement), arrangement.regionId])]
}

export function isFinal(status: ArrangementStatus): boolean {
  const final: readonly ArrangementStatus[] = finalStatuses
  return final.includes(status)
}

/** The decision of an organisation that counts now. */
export function standingDecision({ decisions, round }: Arrangement, organisationId: string): Decision | null {
  return decisions.find((decision) => decision.round === round && decision.organisationId === organisationId) ?? null
}

export type Holder = Readonly<{ organisationIds: readonly string[]; roles: readonly Role[] }>

/** Who holds it now and in which roles; null when it goes by itself or is over. While hours are reserved the ledger holds it: nobody. */
export function holderOf(arrangement: Arrangement): Holder | null {
  const { status, lenderId, borrowerIds, regionId, accepted } = arrangement
  const roles = rolesAwaited(status)
  switch (status) {
    case 'proposed':
      return { organisationIds: partiesOf(arrangement).filter((id) => !accepted.includes(id)), roles }
    case 'lender_decision':
      return { organisationIds: [lenderId], roles }
    case 'borrower_decision':
      return { organisationIds: borrowerIds.filter((id) => !standingDecision(arrangement, id)), roles }
    case 'coordinator_approval':
      return { organisationIds: [regionId], roles }
    case 'reserving':
      return { organisationIds: [], roles }
    default:
      return null
  }
}

/** Starts the clock for whoever holds it from this moment. On the day after the whole period there is nothing left to answer. */
export function heldFrom(arrangement: Arrangement, { now, today }: Moment): Arrangement {
  if (!awaitedMove(arrangement.status)) return { ...arrangement, heldSince: now, heldUntil: null }
  const [deadline, last] = [workingDayAfter(today, daysToAnswer), lastDay(periodOf(arrangement.shares))]
  return { ...arrangement, heldSince: now, heldUntil: last < deadline ? last : deadline }
}

/**
 * Why time has run out, or null. A holder who does not answer lets it lapse, except the coordinator: both authorities have
 * decided by then, and silence from the region must not undo that. When the whole period has passed there is nothing left to approve.
 */
export function lapseReason(arrangement: Arrangement, today: string): 'deadline_passed' | 'period_passed' | null {
  const { status, shares, heldUntil } = arrangement
  if (!ruleFor(status, 'lapse')) return null
  if (lastDay(periodOf(shares)) < today) return 'period_passed'
  return status !== 'coordinator_approval' && heldUntil !== null && heldUntil < today ? 'deadline_passed' : null
}
