import {
  type ArrangementStatus,
  deciders,
  type MoveObstacle,
  type MoveView,
  negotiators,
  personMoves,
  type PersonMove,
  type Side,
} from '@samkraft/contracts/arrangements'
import type { Actor, Role } from '@samkraft/kernel'
import {
  type Arrangement,
  isFinal,
  lapseReason,
  mandatesFor,
  ruleFor,
  sidesOf,
  standingDecision,
  table,
} from './arrangement.ts'

type Waits = Partial<Record<ArrangementStatus, MoveObstacle>>

const decided = { approved: 'already_approved', active: 'already_approved' } as const satisfies Waits
const atLedger = { reserving: 'waits_for_ledger' } as const satisfies Waits
const negotiated = {
  lender_decision: 'terms_already_agreed',
  borrower_decision: 'terms_already_agreed',
  coordinator_approval: 'terms_already_agreed',
  ...atLedger,
  ...decided,
} as const satisfies Waits
const coordinated = {
  proposed: 'waits_for_agreed_terms',
  lender_decision: 'waits_for_decisions',
  borrower_decision: 'waits_for_decisions',
  reserving: 'already_approved',
  ...decided,
} as const satisfies Waits

/** Why a move is not open in a status where the table does not give it to the actor's side. */
const elsewhere: Readonly<Record<PersonMove, Waits>> = {
  revise: {
    lender_decision: 'waits_for_lender',
    borrower_decision: 'waits_for_borrower',
    coordinator_approval: 'waits_for_coordinator',
    ...atLedger,
    ...decided,
  },
  accept: negotiated,
  decline: negotiated,
  withdraw: { coordinator_approval: 'return_instead', ...atLedger, ...decided },
  decide: {
    proposed: 'waits_for_agreed_terms',
    lender_decision: 'waits_for_lender',
    borrower_decision: 'already_decided',
    coordinator_approval: 'already_decided',
    reserving: 'already_decided',
    approved: 'already_decided',
    active: 'already_decided',
  },
  approve: coordinated,
  return: coordinated,
  end: {
    proposed: 'waits_for_agreed_terms',
    lender_decision: 'waits_for_decisions',
    borrower_decision: 'waits_for_decisions',
    coordinator_approval: 'waits_for_approval',
    ...atLedger,
  },
}

/** Moves that mean something only before the deadline. Saying no, and the coordinator's answer, are never too late. */
const timely: readonly PersonMove[] = ['revise', 'accept', 'decide']

const statuses = Object.keys(table) as ArrangementStatus[]

/** The sides that can make a move in some status, and those that can where they have proposed. */
const ever = new Map(
  personMoves.map((move) => {
    const rules = statuses.flatMap((status) => ruleFor(status, move) ?? [])
    const sides = new Set(rules.flatMap(({ by }) => by))
    return [move, { sides, proposing: new Set(rules.flatMap(({ proposer }) => Object.keys(proposer ?? {}) as Side[])) }]
  }),
)

/** Whether an organisation can make a move in some status, whoever there may. */
function canEver(arrangement: Arrangement, move: PersonMove, organisationId: string): boolean {
  const own = arrangement.proposerId === organisationId
  const { sides, proposing } = ever.get(move) ?? {}
  return sidesOf(arrangement, organisationId).some((side) => sides?.has(side) || (own && proposing?.has(side)))
}

/**
 * Why the actor cannot make this move now, as a message key, or null when nothing stands in the way.
 * The actor's organisation must take part in the arrangement. Nobody decides for two sides or both decides and approves,
 * whatever roles they hold (ASVS 2.3.5).
 */
export function obstacleTo(
  arrangement: Arrangement,
  move: PersonMove,
  actor: Actor,
  today: string,
): MoveObstacle | null {
  const { status, proposerId } = arrangement
  if (isFinal(status)) return 'closed'
  const mandates = mandatesFor(arrangement, move, actor.organisationId, arrangement.status)
  if (mandates.length === 0) return elsewhere[move][status] ?? 'not_possible_now'
  const roles = mandates.flatMap((mandate) => mandate.roles)
  if (roles.length === 0) return proposerId === actor.organisationId ? 'own_proposal' : 'other_side_proposed'
  if (!roles.some((role) => actor.roles.includes(role))) return roleNeeded(roles)
  return alreadyDone(arrangement, move, actor) ?? tooLate(arrangement, move, today)
}

function roleNeeded(roles: readonly Role[]): MoveObstacle {
  const all = (needed: readonly Role[]) => needed.every((role) => roles.includes(role))
  if (all(negotiators)) return 'role_negotiator_needed'
  return all(deciders) ? 'role_decider_needed' : 'role_coordinator_needed'
}

/** What the actor, or the actor's organisation, has done before that rules this move out. */
function alreadyDone(arrangement: Arrangement, move: PersonMove, actor: Actor): MoveObstacle | null {
  const { personId, organisationId } = actor
  const byThisPerson = arrangement.decisions.filter((decision) => decision.personId === personId)
  const ownDecision = standingDecision(arrangement, organisationId)
  switch (move) {
    case 'accept':
      return arrangement.accepted.includes(organisationId) ? 'already_accepted' : null
    case 'revise':
      return ownDecision ? 'already_decided' : null
    case 'decide':
      if (ownDecision) return 'already_decided'
      return byThisPerson.some((decision) => decision.organisationId !== organisationId)
        ? 'same_person_decided_for_other_side'
        : null
    case 'withdraw':
      return mustDecide(arrangement, organisationId) ? 'decide_instead' : null
    case 'approve':
      return byThisPerson.length > 0 ? 'same_person_decided' : null
    case 'end':
      return arrangement.endsOn ? 'already_ending' : null
    default:
      return null
  }
}

/** An authority that is asked for its decision says no by deciding; leaving is for the others, and for whoever proposed. */
function mustDecide(arrangement: Arrangement, organisationId: string): boolean {
  const { status, proposerId } = arrangement
  const rule = ruleFor(status, 'decide')
  const asked = rule?.by.some((side) => sidesOf(arrangement, organisationId).includes(side)) ?? false
  return asked && organisationId !== proposerId && !standingDecision(arrangement, organisationId)
}

function tooLate(arrangement: Arrangement, move: PersonMove, today: string): MoveObstacle | null {
  return timely.includes(move) && lapseReason(arrangement, today) ? 'deadline_passed' : null
}

/** Every move the actor's organisation can make in the life of an arrangement: open now, or the reason why not. */
export function movesFor(arrangement: Arrangement, actor: Actor, today: string): MoveView[] {
  return personMoves
    .filter((move) => canEver(arrangement, move, actor.organisationId))
    .map((move) => {
      const reason = obstacleTo(arrangement, move, actor, today)
      return { move, allowed: reason === null, reason }
    })
}

/** On which side and in which role the actor makes a move that is open to it: what the log says instead of a name. */
export function capacityOf(arrangement: Arrangement, move: PersonMove, actor: Actor): { side: Side; role: Role } {
  for (const { side, roles } of mandatesFor(arrangement, move, actor.organisationId, arrangement.status)) {
    const role = roles.find((one) => actor.roles.includes(one))
    if (role) return { side, role }
  }
  throw new Error(`${move} is not open in ${arrangement.status}`)
}
