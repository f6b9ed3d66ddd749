import type { Role } from '@samkraft/kernel'

/** Where an arrangement may stand. The four last are final. */
export const arrangementStatuses = [
  'proposed',
  'lender_decision',
  'borrower_decision',
  'coordinator_approval',
  'reserving',
  'approved',
  'active',
  'ended',
  'declined',
  'withdrawn',
  'lapsed',
] as const
export type ArrangementStatus = (typeof arrangementStatuses)[number]

/** Statuses nothing leads out of. */
export const finalStatuses = [
  'ended',
  'declined',
  'withdrawn',
  'lapsed',
] as const satisfies readonly ArrangementStatus[]

/** Being agreed on: nothing is settled yet. */
export const agreeingStatuses = [
  'proposed',
  'lender_decision',
  'borrower_decision',
  'coordinator_approval',
  'reserving',
] as const satisfies readonly ArrangementStatus[]

/** On whose behalf a move is made: an organisation's side, the clock of the database, or the capacity ledger. */
export const sides = ['lender', 'borrower', 'coordinator', 'clock', 'ledger'] as const
export type Side = (typeof sides)[number]

/** What people can do with an arrangement. */
export const personMoves = ['revise', 'accept', 'decline', 'withdraw', 'decide', 'approve', 'return', 'end'] as const
export type PersonMove = (typeof personMoves)[number]

/** What happens by itself: the clock's moves and the ledger's answers. */
const machineMoves = ['lapse', 'activate', 'finish', 'reserve', 'refuse'] as const
export type MachineMove = (typeof machineMoves)[number]

export const moveNames = ['propose', ...personMoves, ...machineMoves] as const
export type MoveName = (typeof moveNames)[number]

/** Roles that speak for their organisation while terms are discussed. */
export const negotiators = ['officer', 'manager', 'decider', 'chair'] as const satisfies readonly Role[]
/** Roles that speak for the region that coordinates. */
export const coordinators = ['coordinator'] as const satisfies readonly Role[]
/** Roles that take the organisation's decisions. */
export const deciders = ['decider', 'chair'] as const satisfies readonly Role[]

/** Why a move is not open to the one who asks, as a message key: the web shows it beside the disabled control. */
export const moveObstacles = [
  'closed',
  'waits_for_lender',
  'waits_for_borrower',
  'waits_for_coordinator',
  'waits_for_ledger',
  'waits_for_agreed_terms',
  'waits_for_decisions',
  'waits_for_approval',
  'terms_already_agreed',
  'already_accepted',
  'already_decided',
  'already_approved',
  'ends_anyway',
  'decide_instead',
  'return_instead',
  'other_side_proposed',
  'own_proposal',
  'role_negotiator_needed',
  'role_decider_needed',
  'role_coordinator_needed',
  'same_person_decided_for_other_side',
  'same_person_decided',
  'deadline_passed',
  'not_possible_now',
] as const
export type MoveObstacle = (typeof moveObstacles)[number]

export const declineReasons = [
  'no_capacity',
  'need_gone',
  'terms',
  'cost',
  'period',
  'other_solution',
  'not_prioritised',
  'legal_obstacle',
  'other',
] as const

export const withdrawReasons = ['need_gone', 'capacity_gone', 'other_solution', 'terms', 'mistake', 'other'] as const

export const returnReasons = ['unclear_terms', 'missing_basis', 'legal_route', 'other_plan', 'other'] as const

export const endReasons = ['need_gone', 'capacity_gone', 'terms_not_kept', 'other_solution', 'other'] as const

/** Reasons nobody chose: the clock's and the ledger's. */
export const machineReasons = [
  'deadline_passed',
  'period_passed',
  'as_agreed',
  'capacity_not_enough',
  'capacity_not_open',
] as const
