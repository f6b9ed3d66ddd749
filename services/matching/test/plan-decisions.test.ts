import { describe, expect } from 'vitest'
import { id, kungsor, norberg, springTerm, vasteras, weekly } from './builders.ts'
import { hoursTo, key, policy, test } from './coordinating.ts'
import { setToday } from './feed.ts'

describe('what the coordinator decides by hand', () => {
  test('an excluded pair gets nothing, and the plan before stays as it was', async ({ market }) => {
    const { plan, computed, adjusted, rows } = market
    const before = await computed()
    const pair = { requestId: id(11), offerId: id(1) }
    const after = await adjusted(before, { kind: 'exclude', ...pair })
    expect(hoursTo(await rows(after), norberg)).toBe(0)
    expect(hoursTo(await rows(after), kungsor)).toBe(6)
    expect(hoursTo(await rows(before), norberg)).toBeGreaterThan(0)
    const { items } = await plan.unmet({ planId: after, policy })
    const unmet = items.find(({ requestId }) => requestId === pair.requestId)
    expect(unmet).toMatchObject({ reason: 'excluded', next: 'release', hours: 8 * 22 })
    const { differences, before: figures } = await plan.compare({ planId: after, otherId: before, policy })
    expect(differences).toContainEqual(expect.objectContaining({ ...pair, after: 0 }))
    expect(figures?.hoursGiven).toBe(12 * 22)
    const released = await adjusted(after, { kind: 'release', ...pair })
    expect((await plan.get({ planId: released })).decided).toEqual([])
    expect((await plan.compare({ planId: released, otherId: before, policy })).differences).toEqual([])
  })

  test('locked hours are kept to the quarter under every policy', async ({ market }) => {
    const { plan, computed, adjusted } = market
    const after = await adjusted(await computed(), {
      kind: 'lock',
      requestId: id(11),
      offerId: id(1),
      hoursPerWeek: 7.25,
    })
    for (const one of ['most_help', 'balanced', 'worst_off_first'] as const) {
      const { items } = await plan.assignments({ planId: after, policy: one })
      expect(items.find((row) => row.requestId === id(11))).toMatchObject({ hoursPerWeek: 7.25, locked: true })
      expect(hoursTo(items, kungsor)).toBeLessThanOrEqual(4.75)
    }
  })

  test('hours that a lock keeps from a request are unmet for that reason', async ({ market }) => {
    const { plan, computed, adjusted } = market
    const pair = { requestId: id(11), offerId: id(1) }
    const after = await adjusted(await computed(), { kind: 'lock', ...pair, hoursPerWeek: 5 })
    const { items } = await plan.unmet({ planId: after, policy })
    expect(items).toMatchObject([{ requestId: id(11), reason: 'excluded', next: 'release', hours: 3 * 22 }])
  })

  test('each reason that hours of a request are unmet for is told with its hours', async ({ market, feed }) => {
    const autumn = { from: '2027-08-16', to: '2027-12-18' }
    const left = [springTerm, autumn].flatMap((period) => weekly(period, 8))
    await feed.requestChanged(norberg, { requestId: id(11), left })
    await feed.match()
    const pair = { requestId: id(11), offerId: id(1) }
    const planId = await market.adjusted(await market.computed(), { kind: 'lock', ...pair, hoursPerWeek: 5 })
    const { unmet } = await market.plan.explain({ planId, policy, requestId: id(11) })
    expect(unmet).toMatchObject([
      { reason: 'period', hours: 8 * 18 },
      { reason: 'excluded', hours: 3 * 22 },
    ])
  })

  test('a lock over two terms leaves the summer out', async ({ market, feed }) => {
    const terms = [springTerm, { from: '2027-08-16', to: '2027-12-18' }]
    const segments = terms.map((period) => ({ period, hoursPerWeek: 8 }))
    const left = terms.flatMap((period) => weekly(period, 8))
    await feed.offer(vasteras, { offerId: id(3), segments, left })
    await feed.request(norberg, { requestId: id(13), segments, left })
    await feed.match()
    const pair = { requestId: id(13), offerId: id(3) }
    const planId = await market.adjusted(await market.computed(), { kind: 'lock', ...pair, hoursPerWeek: 5 })
    const rows = (await market.rows(planId)).filter((row) => row.requestId === id(13) && row.offerId === id(3))
    expect(rows.map(({ period, hoursPerWeek }) => [period, hoursPerWeek])).toEqual(terms.map((period) => [period, 5]))
  })

  test('hours and kilometres a week are those of a week: two terms are no journey twice, and the summer is none', async ({
    market,
    feed,
  }) => {
    // From a Wednesday, and with a summer between.
    const terms = [
      { from: '2027-01-13', to: '2027-06-12' },
      { from: '2027-08-16', to: '2027-12-18' },
    ]
    const segments = terms.map((period) => ({ period, hoursPerWeek: 8 }))
    const left = terms.flatMap((period) => weekly(period, 8))
    await feed.offerWithdrawn(vasteras, id(1))
    await feed.offer(vasteras, { offerId: id(3), segments, left })
    await feed.request(norberg, { requestId: id(11), segments, left })
    await feed.requestWithdrawn(kungsor, id(12))
    await feed.match()
    const planId = await market.computed()
    const rows = await market.rows(planId)
    expect(rows.map(({ period, hoursPerWeek }) => [period, hoursPerWeek])).toEqual(terms.map((period) => [period, 8]))
    const { flows } = await market.plan.flows({ planId, policy })
    expect(flows).toMatchObject([{ hours: (22 + 18) * 8, hoursPerWeek: 8 }])
    const [alternative] = (await market.plan.get({ planId })).alternatives
    expect(alternative?.figures.kmPerWeek).toBe(2 * 60)
  })

  test('weeks gone by, and those beyond the plan, limit nothing: they are no part of its market', async ({
    market,
    feed,
    admin,
  }) => {
    const [gone, rest] = [
      { from: springTerm.from, to: '2027-02-01' },
      { from: '2027-02-01', to: springTerm.to },
    ]
    const beyond = { from: '2030-01-07', to: '2030-06-01' }
    await feed.reserved(vasteras, id(1), [...weekly(gone, 2), ...weekly(rest, 12), ...weekly(beyond, 1)])
    await feed.request(norberg, { requestId: id(11), left: [...weekly(springTerm, 8), ...weekly(beyond, 8)] })
    await feed.request(kungsor, { requestId: id(12), period: beyond, hoursPerWeek: 6 })
    await setToday(admin, '2027-02-01')
    await feed.match()
    const pair = { requestId: id(11), offerId: id(1) }
    const before = await market.computed()
    const { candidates } = await market.plan.explain({ planId: before, policy, requestId: id(11) })
    expect(candidates).toMatchObject([{ couldGive: 8, gives: 8, left: 4 }])
    const planId = await market.adjusted(before, { kind: 'lock', ...pair, hoursPerWeek: 8 })
    expect(await market.rows(planId)).toMatchObject([{ ...pair, hoursPerWeek: 8, period: rest }])
    expect((await market.plan.get({ planId })).market).toMatchObject({ requests: 1, offers: 1 })
  })

  test('hours that are others in one term only are a difference between two plans', async ({ market, feed }) => {
    const terms = [springTerm, { from: '2027-08-16', to: '2027-12-18' }]
    const segments = terms.map((period) => ({ period, hoursPerWeek: 8 }))
    const left = terms.flatMap((period) => weekly(period, 8))
    await feed.offer(vasteras, { offerId: id(3), mainCompetence: 'logoped', segments, left })
    await feed.request(norberg, { requestId: id(13), requiredCompetences: ['logoped'], segments, left })
    await feed.match()
    const byTerm = async () => {
      const { planId } = await market.plan.compute({ ...key(), mayDifferBetweenTerms: true })
      await market.workAll()
      return planId
    }
    const before = await byTerm()
    await feed.reserved(vasteras, id(3), [...weekly(springTerm, 6), ...left.slice(1)])
    await feed.match()
    const after = await byTerm()
    const { differences } = await market.plan.compare({ planId: after, otherId: before, policy })
    const [one] = differences.filter(({ offerId }) => offerId === id(3))
    expect(one).toMatchObject({ requestId: id(13), before: 8, after: (22 * 6 + 18 * 8) / 40 })
    expect(one).toMatchObject({ weeksBefore: 40, weeksAfter: 40 })
    const { candidates } = await market.plan.explain({ planId: after, policy, requestId: id(13) })
    expect(candidates).toMatchObject([{ couldGive: 8, gives: 8, couldLock: 6 }])
  })

  test('hours that are the same in fewer weeks are a difference, and a week that has gone by between two plans is none', async ({
    market,
    feed,
    admin,
  }) => {
    const terms = [springTerm, { from: '2027-08-16', to: '2027-12-18' }]
    const segments = terms.map((period) => ({ period, hoursPerWeek: 8 }))
    const left = terms.flatMap((period) => weekly(period, 8))
    const logoped = { requestId: id(13), requiredCompetences: ['logoped'] }
    await feed.offer(vasteras, { offerId: id(3), mainCompetence: 'logoped', segments, left })
    await feed.request(norberg, { ...logoped, segments, left })
    await feed.match()
    const before = await market.computed()
    await setToday(admin, '2027-02-01')
    const later = await market.computed()
    const differing = async (planId: string, otherId: string) =>
      (await market.plan.compare({ planId, otherId, policy })).differences.filter(({ offerId }) => offerId === id(3))
    expect(await differing(later, before)).toEqual([])
    await feed.requestChanged(norberg, { ...logoped, segments: segments.slice(1), left: left.slice(1) })
    await feed.match()
    expect(await differing(await market.computed(), before)).toMatchObject([
      { before: 8, after: 8, weeksBefore: 19 + 18, weeksAfter: 18 },
    ])
  })

  test.for([
    ['more than both have', 8.5, 'plan.above_possible'],
    ['less than the offer is divided into', 3, 'plan.below_slice'],
  ] as const)('%s cannot be locked', async ([, hoursPerWeek, code], { market }) => {
    const planId = await market.computed()
    const change = { kind: 'lock', requestId: id(11), offerId: id(1), hoursPerWeek } as const
    await expect(market.plan.adjust({ ...key(), planId, change })).rejects.toMatchObject({ cause: { code } })
  })

  test('two locks cannot give the same hour twice', async ({ market }) => {
    const planId = await market.adjusted(await market.computed(), {
      kind: 'lock',
      requestId: id(11),
      offerId: id(1),
      hoursPerWeek: 8,
    })
    const change = { kind: 'lock', requestId: id(12), offerId: id(1), hoursPerWeek: 5 } as const
    await expect(market.plan.adjust({ ...key(), planId, change })).rejects.toMatchObject({
      cause: { code: 'plan.too_much_locked' },
    })
  })

  test('what a plan gives beside a lock can be locked: in the weeks that the lock leaves, and in all again without it', async ({
    market,
    feed,
  }) => {
    const autumn = { from: '2027-08-16', to: '2027-12-18' }
    const terms = [springTerm, autumn]
    const segments = terms.map((period, at) => ({ period, hoursPerWeek: at === 0 ? 4 : 8 }))
    const left = segments.flatMap(({ period, hoursPerWeek }) => weekly(period, hoursPerWeek))
    const logoped = { mainCompetence: 'logoped', slice: 1 }
    await feed.offer(vasteras, { ...logoped, offerId: id(3), hoursPerWeek: 4 })
    const year = terms.map((period) => ({ period, hoursPerWeek: 8 }))
    const all = terms.flatMap((period) => weekly(period, 8))
    await feed.offer(vasteras, { ...logoped, offerId: id(4), segments: year, left: all })
    await feed.request(norberg, { requestId: id(13), requiredCompetences: ['logoped'], segments, left })
    await feed.match()
    const [first, second] = [
      { requestId: id(13), offerId: id(3) },
      { requestId: id(13), offerId: id(4) },
    ]
    const given = async (planId: string) =>
      (await market.rows(planId))
        .filter(({ requestId }) => requestId === id(13))
        .map(({ offerId, period, hoursPerWeek, locked }) => ({ offerId, period, hoursPerWeek, locked }))
    const spring = { offerId: id(3), period: springTerm, hoursPerWeek: 4, locked: true }
    const rest = { offerId: id(4), period: autumn, hoursPerWeek: 8 }
    const one = await market.adjusted(await market.computed(), { kind: 'lock', ...first, hoursPerWeek: 4 })
    expect(await given(one)).toEqual([spring, { ...rest, locked: false }])
    const { candidates } = await market.plan.explain({ planId: one, policy, requestId: id(13), offerId: id(4) })
    expect(candidates).toMatchObject([{ couldGive: 8, couldLock: 8, gives: 8 }])
    const both = await market.adjusted(one, { kind: 'lock', ...second, hoursPerWeek: 8 })
    expect(await given(both)).toEqual([spring, { ...rest, locked: true }])
    const fewer = await market.adjusted(both, { kind: 'lock', ...first, hoursPerWeek: 3 })
    expect(await given(fewer)).toEqual([
      { ...spring, hoursPerWeek: 3 },
      { ...rest, locked: true },
    ])
    const released = await market.adjusted(both, { kind: 'release', ...first })
    expect(await given(released)).toContainEqual({ ...rest, locked: true })
    const change = { kind: 'lock', ...first, hoursPerWeek: 4.25 } as const
    await expect(market.plan.adjust({ ...key(), planId: both, change })).rejects.toMatchObject({
      cause: { code: 'plan.above_possible', details: { most: 4 } },
    })
  })

  test('is kept when the plan is computed anew of what is open by then, as far as it can be', async ({
    market,
    feed,
  }) => {
    const { plan, computed, adjusted, workAll } = market
    let planId = await adjusted(await computed(), { kind: 'lock', requestId: id(11), offerId: id(1), hoursPerWeek: 4 })
    planId = await adjusted(planId, { kind: 'exclude', requestId: id(12), offerId: id(1) })
    await feed.requestWithdrawn(norberg, id(11))
    await feed.match()
    const anew = await plan.compute({ ...key(), basedOn: planId })
    await workAll()
    expect(await plan.get({ planId: anew.planId })).toMatchObject({
      decided: [{ requestId: id(12), offerId: id(1), hoursPerWeek: null, borrowerId: kungsor.organisationId }],
    })
  })
})
