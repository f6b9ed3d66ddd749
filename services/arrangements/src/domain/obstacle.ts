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
import { type Arrangement, finalDay, lapseReason, type Parties, sidesOf, standingDecision } from './arrangement.ts'
import { ruleOrReason, rulesFor } from './move-table.ts'

/** Moves that mean something only while time has not run out (`lapseReason`). Saying no and sending back are never too late. */
const timely: readonly PersonMove[] = ['revise', 'accept', 'decide', 'approve']

/** A side of an organisation and the roles that may make a move there. */
type Mandate = Readonly<{ side: Side; roles: readonly Role[] }>

/** On which sides, and in which roles there, the table gives an organisation a move in a status; and where it does not, why. */
export function openTo(
  parties: Parties,
  organisationId: string,
  move: PersonMove,
  status: ArrangementStatus,
): { mandates: readonly Mandate[]; whyNot: MoveObstacle } {
  const rule = ruleOrReason(status, move)
  if (typeof rule === 'string') return { mandates: [], whyNot: rule }
  const proposed = parties.proposerId === organisationId
  const answers = sidesOf(parties, organisationId).map((side) => ({
    side,
    roles: (proposed ? rule.proposer?.[side] : undefined) ?? rule.by[side] ?? [],
  }))
  const reason = answers.map(({ roles }) => roles).find((roles) => typeof roles === 'string')
  return {
    mandates: answers.flatMap(({ side, roles }) =>
      typeof roles === 'string' || roles.length === 0 ? [] : [{ side, roles }],
    ),
    whyNot: reason ?? rule.others ?? 'not_possible_now',
  }
}

/** Whether an organisation can make a move in some status, whoever there may. */
function canEver(arrangement: Arrangement, move: PersonMove, organisationId: string): boolean {
  const proposed = arrangement.proposerId === organisationId
  const sides = sidesOf(arrangement, organisationId)
  return rulesFor(move).some(({ by, proposer }) =>
    sides.some((side) => by[side] !== undefined || (proposed && proposer?.[side] !== undefined)),
  )
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
  const { mandates, whyNot } = openTo(arrangement, actor.organisationId, move, arrangement.status)
  if (mandates.length === 0) return whyNot
  const roles = mandates.flatMap((mandate) => mandate.roles)
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
    default:
      return null
  }
}

/** An authority that is asked for its decision says no by deciding; leaving is for the others, and for whoever proposed. */
function mustDecide(arrangement: Arrangement, organisationId: string): boolean {
  const asked = openTo(arrangement, organisationId, 'decide', arrangement.status).mandates.length > 0
  return asked && organisationId !== arrangement.proposerId && !standingDecision(arrangement, organisationId)
}

function tooLate(arrangement: Arrangement, move: PersonMove, today: string): MoveObstacle | null {
  // On its last day there is no earlier day left to end on.
  if (move === 'end' && finalDay(arrangement) <= today) return 'ends_anyway'
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
  for (const { side, roles } of openTo(arrangement, actor.organisationId, move, arrangement.status).mandates) {
    const role = roles.find((one) => actor.roles.includes(one))
    if (role) return { side, role }
  }
  throw new Error(`${move} is not open in ${arrangement.status}`)
}
