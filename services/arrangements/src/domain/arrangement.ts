import {
  type ArrangementStatus,
  coordinators,
  deciders,
  finalStatuses,
  type MoveName,
  negotiators,
  type ReasonView,
  type Share,
  type Side,
} from '@samkraft/contracts/arrangements'
import { lastDay, type Period, type Role } from '@samkraft/kernel'
import { workingDayAfter } from './working-days.ts'

/** Everything that can happen to an arrangement once it has been proposed. */
export type Move = Exclude<MoveName, 'propose'>

type Rule = Readonly<{
  /** On whose behalf the move is made. */
  by: readonly Side[]
  /** The roles that may make it there; none where no person acts. */
  roles: readonly Role[]
  /** The roles that may make it in the organisation that proposed, by its side, where that differs. */
  proposer?: Partial<Record<Side, readonly Role[]>>
  to: readonly ArrangementStatus[]
}>

const parties = ['lender', 'borrower'] as const

/** Who may propose, and take back what they proposed: the parties, and the region that coordinates. */
export const proposers = { lender: negotiators, borrower: negotiators, coordinator: coordinators } as const

/**
 * The whole life of an arrangement: what can happen next, and who may do it. A move that is not in this table cannot happen,
 * and the web derives its buttons from it. The coordinator approves or sends back and never decides for an authority;
 * what it proposes waits for a yes from every party. Whoever proposed may take it back while the others may say no; when it comes to decisions, only those who hold the
 * right to decide can say no or leave. Once hours are asked for, the ledger answers and nobody can step in between.
 */
export const table = {
  proposed: {
    revise: { by: parties, roles: negotiators, to: ['proposed'] },
    accept: { by: parties, roles: negotiators, to: ['proposed', 'lender_decision'] },
    decline: { by: parties, roles: negotiators, proposer: {}, to: ['declined'] },
    withdraw: { by: parties, roles: [], proposer: proposers, to: ['withdrawn'] },
    lapse: { by: ['clock'], roles: [], to: ['lapsed'] },
  },
  lender_decision: {
    decide: { by: ['lender'], roles: deciders, to: ['borrower_decision', 'declined'] },
    revise: { by: ['lender'], roles: deciders, to: ['proposed'] },
    withdraw: { by: parties, roles: deciders, proposer: proposers, to: ['withdrawn'] },
    lapse: { by: ['clock'], roles: [], to: ['lapsed'] },
  },
  borrower_decision: {
    decide: { by: ['borrower'], roles: deciders, to: ['borrower_decision', 'coordinator_approval', 'declined'] },
    revise: { by: ['borrower'], roles: deciders, to: ['proposed'] },
    withdraw: { by: parties, roles: deciders, proposer: proposers, to: ['withdrawn'] },
    lapse: { by: ['clock'], roles: [], to: ['lapsed'] },
  },
  coordinator_approval: {
    approve: { by: ['coordinator'], roles: coordinators, to: ['reserving'] },
    return: { by: ['coordinator'], roles: coordinators, to: ['proposed'] },
    withdraw: { by: parties, roles: deciders, to: ['withdrawn'] },
    lapse: { by: ['clock'], roles: [], to: ['lapsed'] },
  },
  reserving: {
    reserve: { by: ['ledger'], roles: [], to: ['approved'] },
    refuse: { by: ['ledger'], roles: [], to: ['proposed'] },
  },
  approved: {
    activate: { by: ['clock'], roles: [], to: ['active'] },
    end: { by: parties, roles: deciders, to: ['approved', 'ended'] },
  },
  active: {
    end: { by: parties, roles: deciders, to: ['active'] },
    finish: { by: ['clock'], roles: [], to: ['ended'] },
  },
  ended: {},
  declined: {},
  withdrawn: {},
  lapsed: {},
} as const satisfies Record<ArrangementStatus, Partial<Record<Move, Rule>>>

/** The row of the table for a move in a status; null when the move cannot happen there. */
export function ruleFor(status: ArrangementStatus, move: Move): Rule | null {
  const rules: Partial<Record<Move, Rule>> = table[status]
  return rules[move] ?? null
}

/** A side of an organisation and the roles that may make a move there. */
type Mandate = Readonly<{ side: Side; roles: readonly Role[] }>

/** On which sides, and in which roles there, the table gives an organisation a move in a status; none where it does not. */
export function mandatesFor(
  parties: Parties,
  move: Move,
  organisationId: string,
  status: ArrangementStatus,
): readonly Mandate[] {
  const rule = ruleFor(status, move)
  if (!rule) return []
  const proposer = parties.proposerId === organisationId ? rule.proposer : undefined
  return sidesOf(parties, organisationId)
    .map((side) => ({ side, roles: (proposer ? proposer[side] : rule.roles) ?? [] }))
    .filter(({ side, roles }) => rule.by.includes(side) || (proposer && roles.length > 0))
}

/** The move each status waits for; it says who holds the arrangement there. */
const awaited = {
  proposed: 'accept',
  lender_decision: 'decide',
  borrower_decision: 'decide',
  coordinator_approval: 'approve',
} as const satisfies Partial<Record<ArrangementStatus, Move>>

export function awaitedMove(status: ArrangementStatus): Move | null {
  const moves: Partial<Record<ArrangementStatus, Move>> = awaited
  return moves[status] ?? null
}

/** The roles a status waits for; none where it goes by itself. */
export function rolesAwaited(status: ArrangementStatus): readonly Role[] {
  const move = awaitedMove(status)
  return (move && ruleFor(status, move)?.roles) ?? []
}

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

/** Working days each holder has for an answer, unless the parties agree on something else. */
export const daysToAnswer = 10

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

/** Starts the clock for whoever holds it from this moment. */
export function heldFrom(arrangement: Arrangement, { now, today }: Moment): Arrangement {
  const heldUntil = awaitedMove(arrangement.status) ? workingDayAfter(today, daysToAnswer) : null
  return { ...arrangement, heldSince: now, heldUntil }
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
