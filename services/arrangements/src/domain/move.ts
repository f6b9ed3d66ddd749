import type { ArrangementStatus, PersonMove, ReasonView, Share } from '@samkraft/contracts/arrangements'
import { type Actor, addDays, DomainError } from '@samkraft/kernel'
import {
  type Arrangement,
  finalDay,
  heldFrom,
  lapseReason,
  type Moment,
  partiesOf,
  periodOf,
  sidesOf,
  standingDecision,
} from './arrangement.ts'
import { type Move, ruleFor } from './move-table.ts'
import { obstacleTo } from './obstacle.ts'

/** One organisation's yes to the latest terms; when all have said yes, the lender's authority decides. */
export function accept(arrangement: Arrangement, actor: Actor, moment: Moment): Arrangement {
  permit(arrangement, 'accept', actor, moment)
  const accepted = [...arrangement.accepted, actor.organisationId]
  const all = partiesOf(arrangement).every((party) => accepted.includes(party))
  return moved(arrangement, 'accept', all ? 'lender_decision' : 'proposed', { accepted }, moment)
}

/** New terms from one of the parties: all that was said yes to before is void. */
export function revise(arrangement: Arrangement, actor: Actor, shares: readonly Share[], moment: Moment): Arrangement {
  permit(arrangement, 'revise', actor, moment)
  const changes = {
    shares,
    revision: arrangement.revision + 1,
    round: arrangement.round + 1,
    accepted: [actor.organisationId],
    // Why the terms before these came back says nothing of these.
    reason: null,
  }
  return moved(arrangement, 'revise', 'proposed', changes, moment)
}

export function decline(arrangement: Arrangement, actor: Actor, reason: ReasonView, moment: Moment): Arrangement {
  permit(arrangement, 'decline', actor, moment)
  return moved(arrangement, 'decline', 'declined', { reason }, moment)
}

export function withdraw(arrangement: Arrangement, actor: Actor, reason: ReasonView, moment: Moment): Arrangement {
  permit(arrangement, 'withdraw', actor, moment)
  return moved(arrangement, 'withdraw', 'withdrawn', { reason }, moment)
}

export type Verdict = Readonly<{
  decision: 'yes' | 'no'
  /** The decider has declared that no jäv stands in the way (FL 16 §). */
  noConflictOfInterest: boolean
  /** Why not; null with a yes. */
  reason: ReasonView | null
}>

/** An authority's own yes or no. Whoever cannot declare to be free of jäv leaves the decision to another. */
export function decide(
  arrangement: Arrangement,
  actor: Actor,
  { decision, noConflictOfInterest, reason }: Verdict,
  moment: Moment,
): Arrangement {
  permit(arrangement, 'decide', actor, moment)
  if (!noConflictOfInterest) throw new DomainError('forbidden', 'arrangement.conflict_of_interest')
  const { organisationId, personId } = actor
  const decisions = [...arrangement.decisions, { organisationId, personId, round: arrangement.round, decision }]
  const after = { ...arrangement, decisions }
  if (decision === 'no') return moved(arrangement, 'decide', 'declined', { decisions, reason }, moment)
  return moved(arrangement, 'decide', afterYes(after), { decisions }, moment)
}

/** The lender decides first, then each borrower, then it is the coordinator's. */
function afterYes(arrangement: Arrangement): ArrangementStatus {
  const all = partiesOf(arrangement).every((party) => standingDecision(arrangement, party))
  return all ? 'coordinator_approval' : 'borrower_decision'
}

/** The coordinator's yes: the ledger is asked for the hours. */
export function approve(arrangement: Arrangement, actor: Actor, moment: Moment): Arrangement {
  permit(arrangement, 'approve', actor, moment)
  return moved(arrangement, 'approve', 'reserving', {}, moment)
}

/** The coordinator sends it back: the parties talk again, and decide again. */
export function sendBack(arrangement: Arrangement, actor: Actor, reason: ReasonView, moment: Moment): Arrangement {
  permit(arrangement, 'return', actor, moment)
  return reopened(arrangement, 'return', reason, moment)
}

/**
 * Ends it before the last day agreed, or before the one that was decided: never after that, for the hours beyond it are free for
 * others from then on. One that has not begun by `day` never begins and is over at once; otherwise it goes on through `day`.
 */
export function end(
  arrangement: Arrangement,
  actor: Actor,
  { day, reason }: { day: string; reason: ReasonView },
  moment: Moment,
): Arrangement {
  permit(arrangement, 'end', actor, moment)
  const { from } = periodOf(arrangement.shares)
  const latest = addDays(finalDay(arrangement), -1)
  if (day < moment.today) throw new DomainError('invalid', 'arrangement.last_day_passed', { earliest: moment.today })
  if (day > latest) throw new DomainError('invalid', 'arrangement.last_day_not_earlier', { latest })
  if (arrangement.status === 'approved' && day < from)
    return moved(arrangement, 'end', 'ended', { endsOn: addDays(from, -1), reason }, moment)
  return moved(arrangement, 'end', arrangement.status, { endsOn: day, reason }, moment)
}

/** The ledger holds the hours. */
export function reserve(arrangement: Arrangement, moment: Moment): Arrangement {
  return moved(arrangement, 'reserve', 'approved', {}, moment)
}

/** The ledger does not have the hours: back to the parties. */
export function refuse(arrangement: Arrangement, reason: ReasonView, moment: Moment): Arrangement {
  return reopened(arrangement, 'refuse', reason, moment)
}

/** What the clock does today, or null when nothing is due: it activates, finishes or lapses. Once begun, it finishes for the reason it has. */
export function tick(arrangement: Arrangement, moment: Moment): Tick | null {
  const { status, shares, endsOn, reason } = arrangement
  const { today } = moment
  if (status === 'approved' && today >= periodOf(shares).from)
    return { move: 'activate', after: moved(arrangement, 'activate', 'active', { reason }, moment) }
  if (status === 'active' && today > finalDay(arrangement)) {
    const why = endsOn && reason ? reason : because('as_agreed')
    return { move: 'finish', after: moved(arrangement, 'finish', 'ended', { reason: why }, moment) }
  }
  const lapsed = lapseReason(arrangement, today)
  return lapsed && { move: 'lapse', after: moved(arrangement, 'lapse', 'lapsed', { reason: because(lapsed) }, moment) }
}

export type Tick = Readonly<{ move: 'activate' | 'finish' | 'lapse'; after: Arrangement }>

/** A reason in a code, with the words of whoever gave it. */
export function because(code: string, text = ''): ReasonView {
  return { code, text, shortfall: null }
}

/** The latest terms stand, but everyone has to say yes to them anew. */
function reopened(
  arrangement: Arrangement,
  move: 'return' | 'refuse',
  reason: ReasonView,
  moment: Moment,
): Arrangement {
  return moved(arrangement, move, 'proposed', { round: arrangement.round + 1, accepted: [], reason }, moment)
}

/** Refuses with the same reason the view shows beside the disabled control. */
function permit(arrangement: Arrangement, move: PersonMove, actor: Actor, { today }: Moment): void {
  if (sidesOf(arrangement, actor.organisationId).length === 0)
    throw new DomainError('not_found', 'arrangement.not_found')
  const obstacle = obstacleTo(arrangement, move, actor, today)
  if (!obstacle) return
  const kind = obstacle.startsWith('role_') || obstacle.startsWith('same_person_') ? 'forbidden' : 'conflict'
  throw new DomainError(kind, `arrangement.${obstacle}`, { move, status: arrangement.status })
}

/** The one way from status to status: along the table, one version further, the holder's time counted anew when it changes hands. */
function moved(
  arrangement: Arrangement,
  move: Move,
  to: ArrangementStatus,
  changes: Partial<Arrangement>,
  moment: Moment,
): Arrangement {
  const { status, round, version } = arrangement
  if (!ruleFor(status, move)?.to.includes(to))
    throw new DomainError('conflict', 'arrangement.not_possible_now', { move, status })
  const reason = to === status ? arrangement.reason : null
  const next: Arrangement = { ...arrangement, reason, ...changes, status: to, version: version + 1 }
  return to !== status || next.round !== round ? heldFrom(next, moment) : next
}
