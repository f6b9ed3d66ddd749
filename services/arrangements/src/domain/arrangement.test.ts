import { randomUUID } from 'node:crypto'
import {
  arrangementStatuses,
  deciders,
  finalStatuses,
  personMoves,
  type PersonMove,
  type Share,
} from '@samkraft/contracts/arrangements'
import { type Actor, addDays, DomainError, roles } from '@samkraft/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Arrangement,
  concernedBy,
  heldFrom,
  holderOf,
  isFinal,
  type Moment,
  partiesOf,
  standingDecision,
} from './arrangement.ts'
import { awaitedMove, type Move, ruleFor } from './move-table.ts'
import {
  accept,
  approve,
  because,
  decide,
  decline,
  end,
  refuse,
  reserve,
  revise,
  sendBack,
  tick,
  withdraw,
} from './move.ts'
import { movesFor, obstacleTo } from './obstacle.ts'
import { proposerOf } from './proposal.ts'

const start = '2026-11-02'
const spring = { from: '2027-01-11', to: '2027-06-12' }
const lender = randomUUID()
const regionId = randomUUID()
const borrowers = Array.from({ length: 5 }, () => randomUUID())

function on(today: string): Moment {
  return { now: `${today}T08:00:00.000Z`, today }
}

function aProposal(borrowerIds: readonly string[], proposerId: string): Arrangement {
  const shares: Share[] = borrowerIds.map((organisationId) => ({
    organisationId,
    requestId: randomUUID(),
    period: spring,
    hoursPerWeek: 8,
  }))
  const fresh: Arrangement = {
    id: randomUUID(),
    reference: 'SK-2026-0001',
    status: 'proposed',
    version: 1,
    regionId,
    offerId: randomUUID(),
    lenderId: lender,
    borrowerIds,
    proposerId,
    revision: 1,
    round: 1,
    shares,
    accepted: proposerId === regionId ? [] : [proposerId],
    decisions: [],
    heldSince: '',
    heldUntil: null,
    endsOn: null,
    reason: null,
  }
  return heldFrom(fresh, on(start))
}

const yes = { decision: 'yes', noConflictOfInterest: true, reason: null } as const
const no = { decision: 'no', noConflictOfInterest: true, reason: because('cost') } as const
const why = because('terms')

/** One thing that is tried; `awaited` is whatever the arrangement waits for, by one of those who hold it. */
type Trial = Readonly<{
  move: PersonMove | 'awaited' | 'clock' | 'reserve' | 'refuse'
  organisation: number
  personId: string
  roles: Actor['roles']
  verdict: 'yes' | 'no'
  days: number
}>

type Attempt =
  | Readonly<{ move: PersonMove; actor: Actor; verdict: 'yes' | 'no' }>
  | Readonly<{ move: 'clock' | 'reserve' | 'refuse' }>

/** Who tries what, where the arrangement stands now. */
function attemptOf(arrangement: Arrangement, { move, organisation, personId, roles, verdict }: Trial): Attempt {
  const everyone = concernedBy(arrangement)
  const holders = holderOf(arrangement)?.organisationIds ?? []
  const among = move === 'awaited' && holders.length > 0 ? holders : everyone
  const actor = { organisationId: among[organisation % among.length] ?? lender, personId, roles }
  if (move !== 'awaited')
    return move === 'clock' || move === 'reserve' || move === 'refuse' ? { move } : { move, actor, verdict }
  const awaited = personMoves.find((one) => one === awaitedMove(arrangement.status))
  if (awaited) return { move: awaited, actor, verdict }
  return { move: arrangement.status === 'reserving' && verdict === 'yes' ? 'reserve' : 'clock' }
}

function make(arrangement: Arrangement, trial: Attempt, today: string): { move: Move; after: Arrangement } | null {
  const moment = on(today)
  if (!('actor' in trial)) {
    if (trial.move === 'reserve') return { move: 'reserve', after: reserve(arrangement, moment) }
    if (trial.move === 'refuse') return { move: 'refuse', after: refuse(arrangement, why, moment) }
    return tick(arrangement, moment)
  }
  const { actor, move, verdict } = trial
  const doIt: Record<PersonMove, () => Arrangement> = {
    revise: () => revise(arrangement, actor, arrangement.shares, moment),
    accept: () => accept(arrangement, actor, moment),
    decline: () => decline(arrangement, actor, why, moment),
    withdraw: () => withdraw(arrangement, actor, why, moment),
    decide: () => decide(arrangement, actor, verdict === 'yes' ? yes : no, moment),
    approve: () => approve(arrangement, actor, moment),
    return: () => sendBack(arrangement, actor, why, moment),
    end: () => end(arrangement, actor, { day: addDays(today, 1), reason: why }, moment),
  }
  return { move, after: doIt[move]() }
}

const people = Array.from({ length: 12 }, () => randomUUID())

const trial: fc.Arbitrary<Trial> = fc.record({
  move: fc.oneof(
    { weight: 30, arbitrary: fc.constant('awaited' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...personMoves) },
    { weight: 1, arbitrary: fc.constantFrom('clock' as const, 'reserve' as const, 'refuse' as const) },
  ),
  organisation: fc.nat(20),
  personId: fc.constantFrom(...people),
  // Mostly wide mandates, so that the walks get far.
  roles: fc.constantFrom<Actor['roles'][]>(roles, roles, roles, ['decider', 'coordinator'], ['officer']),
  verdict: fc.oneof(
    { weight: 14, arbitrary: fc.constant('yes' as const) },
    { weight: 1, arbitrary: fc.constant('no' as const) },
  ),
  days: fc.oneof({ weight: 24, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(1, 30, 120) }),
})

describe.each([
  ['one borrower', borrowers.slice(0, 1)],
  ['a shared function of five', borrowers],
])('whatever is tried with %s', (_, borrowerIds) => {
  function walk(check: (before: Arrangement, move: Move, after: Arrangement) => void): void {
    const sequence = fc.array(trial, { minLength: 20, maxLength: 60 })
    const walks = fc.property(fc.constantFrom(lender, regionId, ...borrowerIds), sequence, (proposerId, trials) => {
      let [arrangement, today] = [aProposal(borrowerIds, proposerId), start]
      for (const trial of trials) {
        today = addDays(today, trial.days)
        const attempt = attemptOf(arrangement, trial)
        const done = outcome(() => make(arrangement, attempt, today))
        if ('actor' in attempt && attempt.move !== 'end') {
          const view = movesFor(arrangement, attempt.actor, today).find(({ move }) => move === attempt.move)
          expect(view?.allowed ?? false, 'the view says yes exactly when the move is possible').toBe(done !== null)
        }
        if (!done) continue
        check(arrangement, done.move, done.after)
        arrangement = done.after
      }
    })
    fc.assert(walks, { numRuns: 1_000 })
  }

  function outcome<Result>(run: () => Result): Result | null {
    try {
      return run()
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError)
      return null
    }
  }

  test('every step is one of the table, and a final status stays', () => {
    const seen = new Set<string>()
    walk((before, move, after) => {
      seen.add(`${move} to ${after.status}`)
      expect(ruleFor(before.status, move)?.to).toContain(after.status)
      expect(isFinal(before.status)).toBe(false)
      expect(after.version).toBe(before.version + 1)
    })
    // The walks are worth something only if they get everywhere.
    expect([...seen].map((step) => step.split(' to ')[1])).toEqual(expect.arrayContaining([...arrangementStatuses]))
  })

  test('hours are asked for only when every authority has said yes to the same terms, each by its own person, and another approves', () => {
    walk((before, move, after) => {
      if (move !== 'approve') return
      const standing = partiesOf(after).map((party) => standingDecision(after, party))
      expect(standing.every((decision) => decision?.decision === 'yes')).toBe(true)
      expect(new Set(standing.map((decision) => decision?.personId)).size).toBe(partiesOf(after).length)
      expect(partiesOf(before).every((party) => before.accepted.includes(party))).toBe(true)
    })
  })

  test('someone holds it as long as an answer is awaited, with a deadline', () => {
    walk((_before, _move, after) => {
      const holder = holderOf(after)
      const awaits = ['proposed', 'lender_decision', 'borrower_decision', 'coordinator_approval'].includes(after.status)
      expect((holder?.organisationIds.length ?? 0) > 0).toBe(awaits)
      expect(after.heldUntil !== null).toBe(awaits)
    })
  })
})

const borrower = borrowers[0] ?? ''
const [anna, bo, cecilia] = people as [string, string, string]
const lenderDecider: Actor = { personId: anna, organisationId: lender, roles: ['decider'] }
const borrowerDecider: Actor = { personId: bo, organisationId: borrower, roles: ['decider'] }
const borrowerOfficer: Actor = { personId: randomUUID(), organisationId: borrower, roles: ['officer'] }
const coordinator: Actor = { personId: cecilia, organisationId: regionId, roles: ['coordinator'] }
const now = on(start)

function afterTick(arrangement: Arrangement, today: string): Arrangement {
  const ticked = tick(arrangement, on(today))
  if (!ticked) throw new Error('nothing is due')
  return ticked.after
}

const proposed = aProposal([borrower], borrower)
const lenderDecision = accept(proposed, lenderDecider, now)
const borrowerDecision = decide(lenderDecision, lenderDecider, yes, now)
const forApproval = decide(borrowerDecision, borrowerDecider, yes, now)
const reserving = approve(forApproval, coordinator, now)
const approved = reserve(reserving, now)
const active = afterTick(approved, spring.from)

test('the straight way', () => {
  expect(
    [proposed, lenderDecision, borrowerDecision, forApproval, reserving, approved, active].map(({ status }) => status),
  ).toEqual(arrangementStatuses.slice(0, 7))
  expect(afterTick(active, spring.to).status).toBe('ended')
})

describe('who holds it', () => {
  test.each([
    [proposed, [lender], '2026-11-16'],
    [lenderDecision, [lender], '2026-11-16'],
    [borrowerDecision, [borrower], '2026-11-16'],
    [forApproval, [regionId], '2026-11-16'],
    [reserving, [], null],
  ])('in $status', (arrangement, organisationIds, until) => {
    expect(holderOf(arrangement)?.organisationIds).toEqual(organisationIds)
    expect(arrangement.heldUntil).toBe(until)
  })

  test('each borrower who has not decided', () => {
    const three = borrowers.slice(0, 3)
    let shared = aProposal(three, lender)
    for (const [index, organisationId] of three.entries())
      shared = accept(shared, { personId: people[index] ?? '', organisationId, roles: ['officer'] }, now)
    shared = decide(shared, lenderDecider, yes, now)
    shared = decide(shared, { personId: bo, organisationId: three[1] ?? '', roles: ['chair'] }, yes, now)
    expect(holderOf(shared)).toEqual({ organisationIds: [three[0], three[2]], roles: deciders })
  })
})

describe('why a move is not open', () => {
  const stranger = { roles: [...roles], personId: randomUUID() }
  const reasons = (arrangement: Arrangement, actor: Actor, today = start) =>
    Object.fromEntries(movesFor(arrangement, actor, today).map(({ move, reason }) => [move, reason]))

  test('before the other side has answered', () => {
    expect(reasons(proposed, borrowerOfficer)).toEqual({
      revise: null,
      accept: 'already_accepted',
      decline: 'own_proposal',
      withdraw: null,
      decide: 'waits_for_agreed_terms',
      end: 'waits_for_agreed_terms',
    })
    expect(reasons(proposed, lenderDecider)).toMatchObject({
      accept: null,
      decline: null,
      withdraw: 'other_side_proposed',
    })
    expect(reasons(proposed, coordinator)).toEqual({
      approve: 'waits_for_agreed_terms',
      return: 'waits_for_agreed_terms',
    })
  })

  test('while the authorities decide', () => {
    expect(reasons(lenderDecision, borrowerDecider)).toMatchObject({
      decide: 'waits_for_lender',
      revise: 'waits_for_lender',
      accept: 'terms_already_agreed',
    })
    expect(reasons(lenderDecision, { ...lenderDecider, roles: ['officer'] })).toMatchObject({
      decide: 'role_decider_needed',
      withdraw: 'role_decider_needed',
    })
    expect(reasons(lenderDecision, lenderDecider)).toMatchObject({
      decide: null,
      revise: null,
      withdraw: 'decide_instead',
    })
    expect(reasons(borrowerDecision, lenderDecider)).toMatchObject({
      decide: 'already_decided',
      revise: 'waits_for_borrower',
      withdraw: null,
    })
    expect(reasons(borrowerDecision, { ...borrowerDecider, personId: anna })).toMatchObject({
      decide: 'same_person_decided_for_other_side',
    })
    expect(reasons(borrowerDecision, coordinator)).toMatchObject({ approve: 'waits_for_decisions' })
  })

  test('when it is the coordinator’s', () => {
    expect(reasons(forApproval, coordinator)).toEqual({ approve: null, return: null })
    expect(reasons(forApproval, { ...coordinator, personId: bo })).toEqual({
      approve: 'same_person_decided',
      return: null,
    })
    expect(reasons(forApproval, { ...coordinator, roles: ['decider'] })).toEqual({
      approve: 'role_coordinator_needed',
      return: 'role_coordinator_needed',
    })
    expect(reasons(forApproval, borrowerOfficer)).toMatchObject({ withdraw: 'role_decider_needed' })
    expect(reasons(forApproval, borrowerDecider)).toMatchObject({ withdraw: null, end: 'waits_for_approval' })
  })

  test('later', () => {
    expect(reasons(reserving, borrowerDecider)).toMatchObject({ withdraw: 'waits_for_ledger', end: 'waits_for_ledger' })
    expect(reasons(approved, borrowerDecider)).toMatchObject({ withdraw: 'already_approved', end: null })
    expect(reasons(approved, borrowerOfficer)).toMatchObject({ end: 'role_decider_needed' })
    const ending = end(active, lenderDecider, { day: '2027-03-31', reason: why }, on('2027-03-01'))
    expect(reasons(ending, borrowerDecider)).toMatchObject({ end: null })
    expect(reasons(ending, borrowerDecider, '2027-03-31')).toMatchObject({ end: 'ends_anyway' })
  })

  test.each(finalStatuses)('nothing is open when it is %s', (status) => {
    for (const organisationId of [lender, borrower, regionId])
      for (const { reason } of movesFor({ ...active, status }, { ...stranger, organisationId }, start))
        expect(reason).toBe('closed')
  })

  test('after the deadline only a no is left', () => {
    expect(reasons(proposed, lenderDecider, '2026-11-16')).toMatchObject({ accept: null })
    expect(reasons(proposed, lenderDecider, '2026-11-17')).toMatchObject({
      accept: 'deadline_passed',
      revise: 'deadline_passed',
      decline: null,
    })
    expect(reasons(lenderDecision, lenderDecider, '2026-11-17')).toMatchObject({ decide: 'deadline_passed' })
  })

  test('a stranger has no moves', () => {
    expect(movesFor(proposed, { ...stranger, organisationId: randomUUID() }, start)).toEqual([])
    expect(() => accept(proposed, { ...stranger, organisationId: randomUUID() }, now)).toThrow('arrangement.not_found')
  })
})

describe('what the coordinator proposed', () => {
  const suggested = aProposal([borrower], regionId)
  const reasons = (arrangement: Arrangement, actor: Actor) =>
    Object.fromEntries(movesFor(arrangement, actor, start).map(({ move, reason }) => [move, reason]))
  const colleague: Actor = { ...coordinator, personId: randomUUID(), roles: ['officer'] }

  test('binds nobody: every party holds it, and both say yes before anyone decides', () => {
    expect(holderOf(suggested)?.organisationIds).toEqual([lender, borrower])
    const half = accept(suggested, borrowerOfficer, now)
    expect(half.status).toBe('proposed')
    expect(accept(half, lenderDecider, now).status).toBe('lender_decision')
    expect(reasons(suggested, lenderDecider)).toMatchObject({ accept: null, decline: null, revise: null })
    expect(reasons(suggested, lenderDecider)).toMatchObject({ withdraw: 'other_side_proposed' })
  })

  test('the coordinator may take back until both have said yes, and makes no move of a party', () => {
    expect(reasons(suggested, coordinator)).toEqual({
      approve: 'waits_for_agreed_terms',
      return: 'waits_for_agreed_terms',
      withdraw: null,
    })
    expect(reasons(suggested, colleague)).toMatchObject({ withdraw: 'role_coordinator_needed' })
    expect(withdraw(suggested, coordinator, why, now).status).toBe('withdrawn')
    const lent = decide(accept(accept(suggested, borrowerOfficer, now), lenderDecider, now), lenderDecider, yes, now)
    expect(withdraw(lent, coordinator, why, now).status).toBe('withdrawn')
    const decided = decide(lent, borrowerDecider, yes, now)
    expect(reasons(decided, coordinator)).toEqual({ approve: null, return: null, withdraw: 'return_instead' })
  })

  test('a region that lends proposes for its parties’ side when its officer does', () => {
    const parties = { lenderId: regionId, borrowerIds: [borrower], regionId }
    expect(proposerOf(parties, colleague)).toEqual({ side: 'lender', role: 'officer' })
    expect(proposerOf(parties, coordinator)).toEqual({ side: 'coordinator', role: 'coordinator' })
    const own: Arrangement = { ...aProposal([borrower], regionId), lenderId: regionId }
    expect(reasons(own, colleague)).toMatchObject({ withdraw: null, decline: 'own_proposal', accept: null })
    expect(withdraw(own, coordinator, why, now).status).toBe('withdrawn')
  })
})

describe('decisions', () => {
  test('need the declaration of jäv', () => {
    expect(() => decide(lenderDecision, lenderDecider, { ...yes, noConflictOfInterest: false }, now)).toThrow(
      'arrangement.conflict_of_interest',
    )
  })

  test('of earlier terms do not count', () => {
    const revised = revise(borrowerDecision, borrowerDecider, borrowerDecision.shares, now)
    expect(revised).toMatchObject({ status: 'proposed', revision: 2, accepted: [borrower] })
    const again = accept(revised, lenderDecider, now)
    expect(standingDecision(again, lender)).toBeNull()
    expect(decide(again, lenderDecider, yes, now).status).toBe('borrower_decision')
  })

  test('one no is enough', () => {
    expect(decide(lenderDecision, lenderDecider, no, now)).toMatchObject({ status: 'declined', reason: no.reason })
    expect(decide(borrowerDecision, borrowerDecider, no, now).status).toBe('declined')
  })
})

test('each of many borrowers decides once', () => {
  const [first = '', second = ''] = borrowers
  let shared = aProposal([first, second], first)
  for (const organisationId of [lender, second])
    shared = accept(shared, { personId: randomUUID(), organisationId, roles: ['officer'] }, now)
  shared = decide(shared, lenderDecider, yes, now)
  shared = decide(shared, { personId: bo, organisationId: first, roles: ['decider'] }, yes, now)
  const colleague: Actor = { personId: cecilia, organisationId: first, roles: ['chair'] }
  expect(() => decide(shared, colleague, no, now)).toThrow('arrangement.already_decided')
  expect(() => revise(shared, colleague, shared.shares, now)).toThrow('arrangement.already_decided')
})

describe('back to the parties', () => {
  test.each([
    ['by the coordinator', sendBack(forApproval, coordinator, why, now)],
    ['by the ledger', refuse(reserving, why, now)],
  ])('%s: everyone holds it, and everyone decides again', (_, back) => {
    expect(back).toMatchObject({ status: 'proposed', accepted: [], revision: 1, reason: why })
    expect(holderOf(back)?.organisationIds).toEqual([lender, borrower])
    const agreed = accept(accept(back, lenderDecider, now), borrowerOfficer, now)
    expect(agreed).toMatchObject({ status: 'lender_decision', reason: null })
    expect(standingDecision(agreed, lender)).toBeNull()
  })

  test('why it came back stands until there are new terms', () => {
    const back = sendBack(forApproval, coordinator, why, now)
    expect(accept(back, borrowerOfficer, now)).toMatchObject({ status: 'proposed', reason: why })
    expect(revise(back, borrowerOfficer, back.shares, now)).toMatchObject({ status: 'proposed', reason: null })
  })
})

describe('the clock', () => {
  test.each([
    [proposed, '2026-11-16', null],
    [proposed, '2026-11-17', 'lapse'],
    [borrowerDecision, '2026-11-17', 'lapse'],
    [forApproval, '2026-12-24', null],
    [forApproval, '2027-06-12', 'lapse'],
    [reserving, '2027-06-12', null],
    [approved, '2027-01-10', null],
    [approved, '2027-01-11', 'activate'],
    [active, '2027-06-11', null],
    [active, '2027-06-12', 'finish'],
  ])('$status on %s: %s', (arrangement, today, move) => {
    expect(tick(arrangement, on(today))?.move ?? null).toBe(move)
  })
})

test('what is over is not approved, also before the clock has closed it', () => {
  expect(obstacleTo(forApproval, 'approve', coordinator, '2027-06-11')).toBeNull()
  expect(obstacleTo(forApproval, 'approve', coordinator, '2027-06-12')).toBe('deadline_passed')
  expect(obstacleTo(forApproval, 'return', coordinator, '2027-06-12')).toBeNull()
})

describe('ending early', () => {
  const march = on('2027-03-01')

  test('it goes on through its last day', () => {
    const ending = end(active, borrowerDecider, { day: '2027-03-31', reason: why }, march)
    expect(ending).toMatchObject({ status: 'active', endsOn: '2027-03-31' })
    expect(tick(ending, on('2027-03-31'))).toBeNull()
    expect(afterTick(ending, '2027-04-01')).toMatchObject({ status: 'ended', reason: why })
  })

  test('a last day that was wrong is corrected to an earlier one, never to a later: those hours are free by then', () => {
    const ending = end(active, borrowerDecider, { day: '2027-03-31', reason: why }, march)
    const on = (day: string) => end(ending, lenderDecider, { day, reason: because('capacity_gone') }, march)
    expect(on('2027-03-13')).toMatchObject({
      status: 'active',
      endsOn: '2027-03-13',
      reason: { code: 'capacity_gone' },
    })
    for (const day of ['2027-03-31', '2027-04-30']) expect(() => on(day)).toThrow('arrangement.last_day_not_earlier')
    const begun = end(approved, borrowerDecider, { day: '2027-03-31', reason: why }, now)
    expect(end(begun, borrowerDecider, { day: '2026-12-01', reason: why }, now)).toMatchObject({
      status: 'ended',
      endsOn: '2027-01-10',
    })
  })

  test('one that has not begun by then never begins', () => {
    expect(end(approved, borrowerDecider, { day: '2026-12-01', reason: why }, now)).toMatchObject({
      status: 'ended',
      endsOn: '2027-01-10',
    })
    expect(end(approved, borrowerDecider, { day: '2027-01-15', reason: why }, now)).toMatchObject({
      status: 'approved',
      endsOn: '2027-01-15',
    })
  })

  test('not in the past, and not later than agreed', () => {
    expect(() => end(active, borrowerDecider, { day: '2027-02-28', reason: why }, march)).toThrow(
      'arrangement.last_day_passed',
    )
    expect(() => end(active, borrowerDecider, { day: '2027-06-11', reason: why }, march)).toThrow(
      'arrangement.last_day_not_earlier',
    )
    expect(() => end(active, borrowerDecider, { day: '2027-06-10', reason: why }, march)).not.toThrow()
    // On the last day agreed there is no day to choose, and it is said before one is asked for.
    expect(obstacleTo(active, 'end', borrowerDecider, '2027-06-10')).toBeNull()
    expect(obstacleTo(active, 'end', borrowerDecider, '2027-06-11')).toBe('ends_anyway')
  })
})
