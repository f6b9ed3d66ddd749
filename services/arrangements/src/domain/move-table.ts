import {
  type ArrangementStatus,
  coordinators,
  deciders,
  type finalStatuses,
  type MachineMove,
  type MoveObstacle,
  negotiators,
  type PersonMove,
  type Side,
} from '@samkraft/contracts/arrangements'
import type { Role } from '@samkraft/kernel'

/** Everything that can happen to an arrangement once it has been proposed. */
export type Move = PersonMove | MachineMove

/** For each side the roles that may make a move there, none where no person acts; or why that side may not. */
type Who = Partial<Record<Side, readonly Role[] | MoveObstacle>>

export type Rule = Readonly<{
  by: Who
  /** What holds instead for the organisation that proposed. */
  proposer?: Who
  /** Why it is not open to those who are on none of these sides; `not_possible_now` where there is no more to say. */
  others?: MoveObstacle
  to: readonly ArrangementStatus[]
}>

/** In one status: for what people do a rule, or why nobody may; and what happens by itself. */
type Row = Readonly<Record<PersonMove, Rule | MoveObstacle> & Partial<Record<MachineMove, Rule>>>

/** Who may propose, and take back what they proposed: the parties, and the region that coordinates. */
export const proposers = { lender: negotiators, borrower: negotiators, coordinator: coordinators } as const

const bothNegotiate = { lender: negotiators, borrower: negotiators } as const satisfies Who
const bothDecide = { lender: deciders, borrower: deciders } as const satisfies Who
const lapse: Rule = { by: { clock: [] }, to: ['lapsed'] }

/**
 * The whole life of an arrangement: what can happen next, who may do it, and why others may not. A move that has no rule here
 * cannot happen, and the web derives its buttons from it. The coordinator approves or sends back and never decides for an
 * authority; what it proposes waits for a yes from every party. Whoever proposed may take it back while the others may say no; when it
 * comes to decisions, only those who hold the right to decide can say no or leave. Once hours are asked for, the ledger
 * answers and nobody can step in between. What it comes to for each side and role: `move-table.txt`.
 */
export const table: Readonly<Record<Exclude<ArrangementStatus, (typeof finalStatuses)[number]>, Row>> = {
  proposed: {
    revise: { by: bothNegotiate, to: ['proposed'] },
    accept: { by: bothNegotiate, to: ['proposed', 'lender_decision'] },
    decline: {
      by: bothNegotiate,
      proposer: { lender: 'own_proposal', borrower: 'own_proposal' },
      to: ['declined'],
    },
    withdraw: {
      by: { lender: 'other_side_proposed', borrower: 'other_side_proposed' },
      proposer: proposers,
      to: ['withdrawn'],
    },
    decide: 'waits_for_agreed_terms',
    approve: 'waits_for_agreed_terms',
    return: 'waits_for_agreed_terms',
    end: 'waits_for_agreed_terms',
    lapse,
  },
  lender_decision: {
    revise: { by: { lender: deciders }, others: 'waits_for_lender', to: ['proposed'] },
    accept: 'terms_already_agreed',
    decline: 'terms_already_agreed',
    withdraw: { by: bothDecide, proposer: proposers, to: ['withdrawn'] },
    decide: { by: { lender: deciders }, others: 'waits_for_lender', to: ['borrower_decision', 'declined'] },
    approve: 'waits_for_decisions',
    return: 'waits_for_decisions',
    end: 'waits_for_decisions',
    lapse,
  },
  borrower_decision: {
    revise: { by: { borrower: deciders }, others: 'waits_for_borrower', to: ['proposed'] },
    accept: 'terms_already_agreed',
    decline: 'terms_already_agreed',
    withdraw: { by: bothDecide, proposer: proposers, to: ['withdrawn'] },
    decide: {
      by: { borrower: deciders },
      others: 'already_decided',
      to: ['borrower_decision', 'coordinator_approval', 'declined'],
    },
    approve: 'waits_for_decisions',
    return: 'waits_for_decisions',
    end: 'waits_for_decisions',
    lapse,
  },
  coordinator_approval: {
    revise: 'waits_for_coordinator',
    accept: 'terms_already_agreed',
    decline: 'terms_already_agreed',
    withdraw: { by: bothDecide, others: 'return_instead', to: ['withdrawn'] },
    decide: 'already_decided',
    approve: { by: { coordinator: coordinators }, to: ['reserving'] },
    return: { by: { coordinator: coordinators }, to: ['proposed'] },
    end: 'waits_for_approval',
    lapse,
  },
  reserving: {
    revise: 'waits_for_ledger',
    accept: 'waits_for_ledger',
    decline: 'waits_for_ledger',
    withdraw: 'waits_for_ledger',
    decide: 'already_decided',
    approve: 'already_approved',
    return: 'already_approved',
    end: 'waits_for_ledger',
    reserve: { by: { ledger: [] }, to: ['approved'] },
    refuse: { by: { ledger: [] }, to: ['proposed'] },
  },
  approved: {
    revise: 'already_approved',
    accept: 'already_approved',
    decline: 'already_approved',
    withdraw: 'already_approved',
    decide: 'already_decided',
    approve: 'already_approved',
    return: 'already_approved',
    end: { by: bothDecide, to: ['approved', 'ended'] },
    activate: { by: { clock: [] }, to: ['active'] },
  },
  active: {
    revise: 'already_approved',
    accept: 'already_approved',
    decline: 'already_approved',
    withdraw: 'already_approved',
    decide: 'already_decided',
    approve: 'already_approved',
    return: 'already_approved',
    end: { by: bothDecide, to: ['active'] },
    finish: { by: { clock: [] }, to: ['ended'] },
  },
}

const rows: Readonly<Partial<Record<ArrangementStatus, Row>>> = table

/** What the table says of a move in a status: the rule, or why nobody may make it. Whatever is final is closed. */
export function ruleOrReason(status: ArrangementStatus, move: PersonMove): Rule | MoveObstacle {
  return rows[status]?.[move] ?? 'closed'
}

/** The rule for a move in a status; null when the move cannot happen there. */
export function ruleFor(status: ArrangementStatus, move: Move): Rule | null {
  const cell = rows[status]?.[move]
  return typeof cell === 'object' ? cell : null
}

/** The rules for a move in all statuses it can happen in. */
export function rulesFor(move: Move): Rule[] {
  return Object.values(table).flatMap((row) => (typeof row[move] === 'object' ? [row[move]] : []))
}

/** The move each status waits for; it says who holds the arrangement there. */
const awaited: Readonly<Partial<Record<ArrangementStatus, PersonMove>>> = {
  proposed: 'accept',
  lender_decision: 'decide',
  borrower_decision: 'decide',
  coordinator_approval: 'approve',
}

export function awaitedMove(status: ArrangementStatus): PersonMove | null {
  return awaited[status] ?? null
}

/** The roles a status waits for; none where it goes by itself. */
export function rolesAwaited(status: ArrangementStatus): readonly Role[] {
  const move = awaitedMove(status)
  const sides = Object.values((move && ruleFor(status, move)?.by) ?? {})
  return [...new Set(sides.flatMap((says) => (typeof says === 'string' ? [] : says)))]
}
