import { randomUUID } from 'node:crypto'
import type { MoveObstacle } from '@samkraft/contracts/arrangements'
import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { runClock } from '../src/app/run-clock.ts'
import {
  anArrangement,
  anOffer,
  aProposal,
  aRequest,
  because,
  eventsOf,
  onIt,
  reserve,
  test,
  today,
  yes,
} from './builders.ts'

/** A refusal as callers meet it. */
function refusal(
  obstacle: MoveObstacle | (string & {}),
  code: 'CONFLICT' | 'FORBIDDEN' | 'NOT_FOUND' | 'BAD_REQUEST' = 'CONFLICT',
) {
  return { message: `arrangement.${obstacle}`, code }
}

describe('who may', () => {
  test('nobody decides for two sides', async ({ as, hear, county }) => {
    const { vasteras, norberg } = county
    const it = await anArrangement({ as, hear, county }, 'lender_decision')
    const personId = randomUUID()
    const lent = await as(vasteras.person(['decider'], personId)).arrangement.decide({ ...onIt(it), ...yes })
    await expect(
      as(norberg.person(['decider'], personId)).arrangement.decide({ ...onIt(lent), ...yes }),
    ).rejects.toMatchObject(refusal('same_person_decided_for_other_side', 'FORBIDDEN'))
    await expect(as(norberg.person(['decider'])).arrangement.decide({ ...onIt(lent), ...yes })).resolves.toMatchObject({
      status: 'coordinator_approval',
    })
  })

  test('nobody both decides and approves', async ({ as, hear, county }) => {
    const { norberg, region } = county
    const it = await anArrangement({ as, hear, county }, 'borrower_decision')
    const personId = randomUUID()
    const decided = await as(norberg.person(['decider'], personId)).arrangement.decide({ ...onIt(it), ...yes })
    await expect(as(region.person(['coordinator'], personId)).arrangement.approve(onIt(decided))).rejects.toMatchObject(
      refusal('same_person_decided', 'FORBIDDEN'),
    )
  })

  test('whoever cannot declare to be free of jäv leaves the decision to another', async ({ as, hear, county }) => {
    const it = await anArrangement({ as, hear, county }, 'lender_decision')
    const decider = as(county.vasteras.person(['decider']))
    await expect(
      decider.arrangement.decide({ ...onIt(it), ...yes, noConflictOfInterest: false }),
    ).rejects.toMatchObject(refusal('conflict_of_interest', 'FORBIDDEN'))
    await expect(decider.arrangement.get(it)).resolves.toMatchObject({ status: 'lender_decision', decisions: [] })
  })

  test('a decision names the delegation it rests on, and a no its reason', async ({ as, hear, county }) => {
    const it = await anArrangement({ as, hear, county }, 'lender_decision')
    const { arrangement } = as(county.vasteras.person(['decider']))
    for (const wrong of [
      { delegationReference: ' ' },
      { decision: 'no' as const },
      { decision: 'no' as const, reasonCode: 'other' as const },
    ])
      await expect(arrangement.decide({ ...onIt(it), ...yes, ...wrong })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('no person is named by number in what the parties write to each other', async ({ as, hear, county }) => {
    const { norberg, vasteras } = county
    const proposal = aProposal(await anOffer(hear, vasteras), [await aRequest(hear, norberg)])
    const text = 'Gäller 19850101-1236.'
    const refused = { code: 'BAD_REQUEST', message: expect.stringContaining('text.personal_number') }
    const { arrangement } = as(norberg.person(['officer']))
    await expect(arrangement.propose({ ...proposal, rationale: text })).rejects.toMatchObject(refused)
    await expect(arrangement.propose({ ...proposal, message: text })).rejects.toMatchObject(refused)
    const it = await anArrangement({ as, hear, county }, 'proposed')
    await expect(arrangement.withdraw({ ...onIt(it), ...because, reasonText: text })).rejects.toMatchObject(refused)
  })

  test('officers do not decide, deciders do not approve, and the region does not decide', async ({
    as,
    hear,
    county,
  }) => {
    const { vasteras, norberg, region } = county
    const undecided = await anArrangement({ as, hear, county }, 'lender_decision')
    await expect(
      as(vasteras.person(['officer'])).arrangement.decide({ ...onIt(undecided), ...yes }),
    ).rejects.toMatchObject({
      message: 'auth.role_needed',
    })
    await expect(
      as(region.person(['coordinator', 'decider'])).arrangement.decide({ ...onIt(undecided), ...yes }),
    ).rejects.toMatchObject(refusal('waits_for_lender'))
    const decided = await anArrangement({ as, hear, county }, 'coordinator_approval')
    await expect(as(norberg.person(['coordinator'])).arrangement.approve(onIt(decided))).rejects.toMatchObject(
      refusal('not_possible_now'),
    )
    await expect(
      as(norberg.person(['officer'])).arrangement.withdraw({ ...onIt(decided), ...because }),
    ).rejects.toMatchObject(refusal('role_decider_needed', 'FORBIDDEN'))
  })

  test('nobody acts before it is their turn', async ({ as, hear, county }) => {
    const { vasteras, norberg, region } = county
    const proposed = await anArrangement({ as, hear, county }, 'proposed')
    await expect(
      as(vasteras.person(['decider'])).arrangement.decide({ ...onIt(proposed), ...yes }),
    ).rejects.toMatchObject(refusal('waits_for_agreed_terms'))
    await expect(as(norberg.person(['officer'])).arrangement.accept(onIt(proposed))).rejects.toMatchObject(
      refusal('already_accepted'),
    )
    const undecided = await anArrangement({ as, hear, county }, 'borrower_decision')
    await expect(as(region.person(['coordinator'])).arrangement.approve(onIt(undecided))).rejects.toMatchObject(
      refusal('waits_for_decisions'),
    )
    await expect(
      as(norberg.person(['decider'])).arrangement.end({
        ...onIt(undecided),
        lastDay: '2027-03-01',
        reasonCode: 'need_gone',
      }),
    ).rejects.toMatchObject(refusal('waits_for_decisions'))
  })

  test('a region that lends itself coordinates as well, but by another person', async ({ as, hear, county }) => {
    const { norberg, region } = county
    const [offer, request] = [await anOffer(hear, region), await aRequest(hear, norberg)]
    const both = as(region.person(['officer', 'decider', 'coordinator']))
    let receipt = await both.arrangement.propose(aProposal(offer, [request]))
    receipt = await as(norberg.person(['officer'])).arrangement.accept(onIt(receipt))
    receipt = await both.arrangement.decide({ ...onIt(receipt), ...yes })
    receipt = await as(norberg.person(['decider'])).arrangement.decide({ ...onIt(receipt), ...yes })
    await expect(both.arrangement.approve(onIt(receipt))).rejects.toMatchObject(
      refusal('same_person_decided', 'FORBIDDEN'),
    )
    await expect(as(region.person(['coordinator'])).arrangement.approve(onIt(receipt))).resolves.toMatchObject({
      status: 'reserving',
    })
  })

  test('the view says beforehand what the command then says', async ({ as, hear, county }) => {
    const it = await anArrangement({ as, hear, county }, 'borrower_decision')
    const { moves } = await as(county.norberg.person(['officer'])).arrangement.get(it)
    expect(moves).toContainEqual({ move: 'decide', allowed: false, reason: 'role_decider_needed' })
    expect(moves).toContainEqual({ move: 'withdraw', allowed: true, reason: null })
  })
})

describe('bad input', () => {
  test('dates nobody can mean, periods without end and hours that are none are refused, and change nothing', async ({
    db,
    as,
    hear,
    county,
  }) => {
    const it = await anArrangement({ as, hear, county }, 'proposed')
    const { arrangement, flow, stats, worklist } = as({
      ...county.norberg.person(['officer', 'decider', 'coordinator']),
    })
    const propose = (share: object) => {
      const proposal = aProposal(it.offer, it.requests)
      return arrangement.propose({ ...proposal, shares: proposal.shares.map((one) => ({ ...one, ...share })) })
    }
    const span = (from: string, to: string) => ({ period: { from, to } })
    const [early, late] = ['0000-01-01', '9999-12-31']
    for (const call of [
      () => propose(span('1900-01-01', '2199-12-31')),
      () => propose(span('2027-01-11', '2199-12-31')),
      () => propose(span(early, '2027-06-12')),
      () => propose(span('2027-01-11', late)),
      () => propose(span('2027-06-12', '2027-01-11')),
      () => propose(span('2027-02-30', '2027-06-12')),
      () => propose({ hoursPerWeek: 0 }),
      () => propose({ hoursPerWeek: 4.1 }),
      () => propose({ hoursPerWeek: Number.NaN }),
      () => arrangement.end({ ...onIt(it), lastDay: late, reasonCode: 'need_gone' }),
      () => arrangement.decline({ ...onIt(it), reasonCode: 'other', reasonText: '' }),
      () => arrangement.decline({ ...onIt(it), reasonCode: 'other', reasonText: 'a\0b' }),
      () => worklist.setFollowUp({ ...onIt(it), version: 0, date: early }),
      () => flow.list({ day: early }),
      () => stats.summary(span(early, late)),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(arrangement.get(it)).resolves.toMatchObject({ version: it.version })
    await expect(eventsOf(db, it.arrangementId)).resolves.toEqual(['proposed'])
  })
})

describe('hours that are gone', () => {
  test('are told before anybody decides in vain, and no longer once the ledger has been asked', async ({
    as,
    hear,
    county,
  }) => {
    const { vasteras, region } = county
    const it = await anArrangement({ as, hear, county }, 'lender_decision')
    const asRead = async () => (await as(region.person(['coordinator'])).arrangement.get(it)).shortfall
    await expect(asRead()).resolves.toBeNull()
    await reserve(hear, vasteras, it.offer, randomUUID(), [], 6)
    await expect(asRead()).resolves.toEqual({ week: '2027-01-11', left: 6, asked: 8, weeks: 22 })

    const approved = await anArrangement({ as, hear, county }, 'reserving')
    await reserve(hear, vasteras, approved.offer, randomUUID(), [], 0)
    const view = await as(region.person(['coordinator'])).arrangement.get(approved)
    expect(view).toMatchObject({ status: 'reserving', shortfall: null })
  })
})

describe('versions', () => {
  test('of two coordinators who set a follow-up at once, the later is told what the other has set', async ({
    as,
    hear,
    county,
  }) => {
    const it = await anArrangement({ as, hear, county }, 'proposed')
    const set = (version: number, note: string) =>
      as(county.region.person(['coordinator'])).worklist.setFollowUp({
        ...onIt(it),
        version,
        date: '2027-02-01',
        note,
      })
    const answers = await Promise.allSettled([set(0, 'Ring Norberg'), set(0, 'Ring Västerås')])
    const late = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))
    const { followUp } = await as(county.region.person(['coordinator'])).arrangement.get(it)
    expect(late).toMatchObject([
      {
        message: 'follow_up.changed',
        cause: { details: { version: 1, changed: { date: '2027-02-01', note: followUp?.note } } },
      },
    ])
    await set(1, 'Ring båda')
    await expect(as(county.region.person(['coordinator'])).arrangement.get(it)).resolves.toMatchObject({
      version: it.version,
      followUp: { date: '2027-02-01', note: 'Ring båda', version: 2 },
    })
  })

  test('of two registrars who set the diary number at once, the later is told what the other has set', async ({
    as,
    hear,
    county,
  }) => {
    const it = await anArrangement({ as, hear, county }, 'approved')
    const set = (version: number, diaryNumber: string) =>
      as(county.norberg.person(['registrar'])).arrangement.setDiaryNumber({ ...onIt(it), version, diaryNumber })
    const answers = await Promise.allSettled([set(0, 'KS 26-77'), set(0, 'KS 26-78')])
    const late = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))
    const numberOf = async () => (await as(county.norberg.person(['registrar'])).arrangement.get(it)).parties[1]
    const kept = await numberOf()
    expect(late).toMatchObject([
      { message: 'diary_number.changed', cause: { details: { version: 1, changed: kept?.diaryNumber } } },
    ])
    await set(1, 'KS 26-79')
    await expect(numberOf()).resolves.toMatchObject({ diaryNumber: 'KS 26-79', diaryVersion: 2 })
  })

  test('a stale edit is refused and says what happened meanwhile', async ({ as, hear, county }) => {
    const { vasteras, norberg } = county
    const it = await anArrangement({ as, hear, county }, 'proposed')
    const { shares, ...terms } = aProposal(it.offer, it.requests, { hours: 6 })
    await as(vasteras.person(['manager'])).arrangement.revise({ ...terms, ...onIt(it), shares })
    await expect(as(vasteras.person(['officer'])).arrangement.accept(onIt(it))).rejects.toMatchObject({
      ...refusal('stale'),
      cause: {
        details: {
          version: 2,
          status: 'proposed',
          changes: [
            { move: 'revise', organisation: { shortName: 'Västerås' }, role: 'manager', revision: 2, version: 2 },
          ],
        },
      },
    })
    await expect(as(norberg.person(['officer'])).arrangement.accept(onIt({ ...it, version: 3 }))).rejects.toMatchObject(
      refusal('stale'),
    )
  })

  test('two deciders of one authority at the same time: one decides, the other is told', async ({
    db,
    as,
    hear,
    county,
  }) => {
    const it = await anArrangement({ as, hear, county }, 'lender_decision')
    const tries = Array.from({ length: 6 }, () =>
      as(county.vasteras.person(['decider'])).arrangement.decide({ ...onIt(it), ...yes }),
    )
    const outcomes = await Promise.allSettled(tries)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(refusal('stale'))
    expect((await eventsOf(db, it.arrangementId)).filter((name) => name === 'decided')).toHaveLength(1)
  })

  test('two coordinators at the same time: one approves, and the hours are asked for once', async ({
    db,
    as,
    hear,
    county,
  }) => {
    const it = await anArrangement({ as, hear, county }, 'coordinator_approval')
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () => as(county.region.person(['coordinator'])).arrangement.approve(onIt(it))),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(refusal('stale'))
    expect((await eventsOf(db, it.arrangementId)).filter((name) => name === 'approval_requested')).toHaveLength(1)
  })

  test('a decision sent twice with one key is one decision', async ({ db, as, hear, county }) => {
    const it = await anArrangement({ as, hear, county }, 'lender_decision')
    const decider = as(county.vasteras.person(['decider']))
    const decision = { ...onIt(it), ...yes }
    const [first, again] = await Promise.all([
      decider.arrangement.decide(decision),
      decider.arrangement.decide(decision),
    ])
    expect(again).toEqual(first)
    expect((await eventsOf(db, it.arrangementId)).filter((name) => name === 'decided')).toHaveLength(1)
  })
})

describe('the clock', () => {
  test('what nobody answers in ten working days lapses; the day before it still stands', async ({
    db,
    as,
    hear,
    county,
    on,
  }) => {
    await on(today)
    const it = await anArrangement({ as, hear, county }, 'lender_decision')
    const officer = as(county.norberg.person(['officer']))
    await on('2026-11-16')
    await runClock({ db })
    await expect(officer.arrangement.get(it)).resolves.toMatchObject({
      status: 'lender_decision',
      holder: {
        until: '2026-11-16',
        overdue: false,
        organisations: [{ shortName: 'Västerås' }],
        roles: ['decider', 'chair'],
      },
    })
    await on('2026-11-17')
    await expect(
      as(county.vasteras.person(['decider'])).arrangement.decide({ ...onIt(it), ...yes }),
    ).rejects.toMatchObject(refusal('deadline_passed'))
    await Promise.all([runClock({ db }), runClock({ db }), runClock({ db })])
    await expect(officer.arrangement.get(it)).resolves.toMatchObject({
      status: 'lapsed',
      reason: { code: 'deadline_passed' },
      holder: null,
    })
    expect((await eventsOf(db, it.arrangementId)).filter((name) => name === 'lapsed')).toHaveLength(1)
    await on(today)
  })

  test('nobody is promised more time than there is: what is over before ten working days are is answered by its last day', async ({
    db,
    as,
    hear,
    county,
    on,
  }) => {
    await on(today)
    const period = { from: '2026-11-02', to: '2026-11-07' }
    const it = await anArrangement({ as, hear, county }, 'lender_decision', { period })
    const officer = as(county.norberg.person(['officer']))
    await on('2026-11-06')
    await runClock({ db })
    await expect(officer.arrangement.get(it)).resolves.toMatchObject({
      holder: { until: '2026-11-06', overdue: false },
    })
    await on('2026-11-07')
    await runClock({ db })
    await expect(officer.arrangement.get(it)).resolves.toMatchObject({
      status: 'lapsed',
      reason: { code: 'period_passed' },
    })
    await on(today)
  })

  test('the coordinator’s silence undoes no decision, until the period is over', async ({
    db,
    as,
    hear,
    county,
    on,
  }) => {
    await on(today)
    const it = await anArrangement({ as, hear, county }, 'coordinator_approval')
    const officer = as(county.norberg.person(['officer']))
    await on('2027-02-01')
    await runClock({ db })
    await expect(officer.arrangement.get(it)).resolves.toMatchObject({
      status: 'coordinator_approval',
      holder: { overdue: true },
    })
    await on('2027-06-12')
    await runClock({ db })
    await expect(officer.arrangement.get(it)).resolves.toMatchObject({
      status: 'lapsed',
      reason: { code: 'period_passed' },
    })
    await on(today)
  })

  test('after a long stop it catches up: active first, then ended', async ({ db, as, hear, county, on }) => {
    await on(today)
    const it = await anArrangement({ as, hear, county }, 'approved')
    await on('2027-08-01')
    await runClock({ db })
    expect((await eventsOf(db, it.arrangementId)).slice(-2)).toEqual(['activated', 'ended'])
    await on(today)
  })

  test('one it cannot move keeps none of the others waiting', async ({ db, admin, as, hear, county, on }) => {
    await on(today)
    const broken = await anArrangement({ as, hear, county }, 'approved')
    const sound = await anArrangement({ as, hear, county }, 'approved')
    // The step that would come next is there already.
    await sql`
      insert into step select arrangement_id, version + 1, at, move, side, from_status, to_status, organisation_id, person_id,
        role, revision, reason from step where arrangement_id = ${broken.arrangementId}::uuid order by version desc limit 1`.execute(
      admin,
    )
    await on('2027-02-01')
    await expect(runClock({ db })).rejects.toThrow('1 failed')
    expect((await eventsOf(db, sound.arrangementId)).at(-1)).toBe('activated')
    await admin.deleteFrom('step').where('arrangement_id', '=', broken.arrangementId).execute()
    await runClock({ db })
    await on(today)
  })
})
