import { randomUUID } from 'node:crypto'
import type { PlanChange, PlanPolicy } from '@samkraft/contracts/matching'
import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { takePlanWork } from '../src/db/plan-work.ts'
import { forgetPlans } from '../src/db/plans.ts'
import { workOff } from '../src/jobs/plan-worker.ts'
import { id, kungsor, norberg, region, springTerm, vasteras, weekly } from './builders.ts'
import { type Feed, log, setToday, test as base } from './feed.ts'

const county = { ...region }
const elsewhere = { ...region, organisationId: id(20) }
const policy: PlanPolicy = 'most_help'
const leaseMs = 15_000
const key = () => ({ commandKey: randomUUID() })

/** Västerås has 12 h a week to share; Norberg asks for 8 of them and Kungsör for 6, each with a little use of less. */
const test = base.extend('market', async ({ feed }) => {
  for (const owner of [vasteras, norberg, kungsor, county]) await feed.organisation(owner)
  await feed.organisation(elsewhere, '20')
  await feed.offer(vasteras, { hoursPerWeek: 12 })
  await feed.request(norberg, { requestId: id(11), hoursPerWeek: 8 })
  await feed.request(kungsor, { requestId: id(12), hoursPerWeek: 6 })
  await feed.match()
  return coordinating(feed)
})

function coordinating(feed: Feed, owner = county) {
  const { plan } = feed.as(owner, ['coordinator'])
  const never = new AbortController().signal
  const workAll = async () => {
    for (
      let work = await takePlanWork(feed.services.db, leaseMs);
      work;
      work = await takePlanWork(feed.services.db, leaseMs)
    )
      await workOff(feed.services, work, { leaseMs, log, stopping: never })
  }
  return {
    plan,
    workAll,
    async computed(): Promise<string> {
      const { planId } = await plan.compute(key())
      await workAll()
      return planId
    },
    async adjusted(planId: string, change: PlanChange): Promise<string> {
      const made = await plan.adjust({ ...key(), planId, change })
      await workAll()
      return made.planId
    },
    forget: () => forgetPlans(feed.services.db),
    rows: async (planId: string) => (await plan.assignments({ planId, policy })).items,
  }
}

const hoursTo = (rows: readonly { borrowerId: string; hoursPerWeek: number }[], { organisationId }: typeof norberg) =>
  rows.filter(({ borrowerId }) => borrowerId === organisationId).reduce((sum, row) => sum + row.hoursPerWeek, 0)

describe('a plan of what is open in the county', () => {
  test('shares the hours there are, says what they come to and proves how good it is', async ({ market }) => {
    const { plan, computed, rows } = market
    const planId = await computed()
    const view = await plan.get({ planId })
    expect(view).toMatchObject({ state: 'ready', progress: 1, market: { requests: 2, offers: 1, pairs: 2 } })
    expect(view.alternatives.map((one) => one.policy)).toEqual(['most_help', 'balanced', 'worst_off_first'])
    const weeks = 22
    for (const { figures, coverage } of view.alternatives) {
      expect(figures).toMatchObject({ hoursAsked: 14 * weeks, hoursGiven: 12 * weeks, requests: 2 })
      expect(figures.value).toBeLessThanOrEqual(figures.bound)
      expect(coverage.map((one) => one.organisationId).sort()).toEqual(
        [kungsor, norberg].map((one) => one.organisationId).sort(),
      )
    }
    const found = await rows(planId)
    expect(hoursTo(found, norberg) + hoursTo(found, kungsor)).toBe(12)
    for (const row of found) {
      expect(row).toMatchObject({
        lenderId: vasteras.organisationId,
        period: springTerm,
        standing: 'open',
        locked: false,
      })
      expect(row.hours).toBe(row.hoursPerWeek * weeks)
    }
    expect((await plan.flows({ planId, policy })).flows.reduce((sum, { hours }) => sum + hours, 0)).toBe(12 * weeks)
  })

  test('the worst off get a larger share where that policy rules', async ({ market }) => {
    const { alternatives } = await market.plan.get({ planId: await market.computed() })
    const worst = Object.fromEntries(alternatives.map((one) => [one.policy, one.figures.worstOff?.coverage ?? 0]))
    expect(worst.worst_off_first).toBeGreaterThanOrEqual(worst.most_help ?? 1)
    // 12 hours for 14: six sevenths each, in whole quarters.
    expect(worst.worst_off_first).toBeGreaterThan(0.82)
  })

  test('every unmet hour has a reason and a next step, and it is told who has the hours instead', async ({
    market,
  }) => {
    const { plan, computed } = market
    const planId = await computed()
    const { items } = await plan.unmet({ planId, policy })
    const [unmet] = items
    expect(items).toHaveLength(1)
    expect(unmet).toMatchObject({ reason: 'taken_by_others', next: 'ask_for_capacity', hours: 2 * 22 })
    const told = await plan.explain({ planId, policy, requestId: unmet?.requestId ?? '' })
    expect(told).toMatchObject({ hoursGiven: told.hoursAsked - 44, unmet: { reason: 'taken_by_others' } })
    const [candidate] = told.candidates
    expect(candidate).toMatchObject({ lenderId: vasteras.organisationId, left: 0, excluded: false })
    expect(candidate?.others).toHaveLength(1)
  })

  test('needs that lack the same are said to be for a pool', async ({ market, feed }) => {
    for (const [number, owner] of [
      [13, norberg],
      [14, kungsor],
    ] as const)
      await feed.request(owner, { requestId: id(number), requiredCompetences: ['talpedagog'], hoursPerWeek: 4 })
    await feed.match()
    const { items } = await market.plan.unmet({ planId: await market.computed(), policy })
    const lacking = items.filter(({ competence }) => competence === 'talpedagog')
    expect(lacking.map(({ reason, next }) => [reason, next])).toEqual([
      ['no_offer', 'pool'],
      ['no_offer', 'pool'],
    ])
  })

  test('those who are alike stand in the order of their names, as Swedish sorts them', async ({ market, feed }) => {
    const third = { ...norberg, organisationId: id(1950) }
    await feed.offer(vasteras, { offerId: id(3), hoursPerWeek: 20 })
    for (const [number, owner, name] of [
      [13, kungsor, 'Ängelholm'],
      [14, third, 'Ystad'],
      [15, norberg, 'Åmål'],
    ] as const) {
      await feed.organisation(owner, '19', name)
      await feed.request(owner, { requestId: id(number), requiredCompetences: ['talpedagog'], hoursPerWeek: 4 })
    }
    await feed.request(third, { requestId: id(16), hoursPerWeek: 8 })
    await feed.match()
    const planId = await market.computed()
    const inOrder = [third, norberg, kungsor].map(({ organisationId }) => organisationId)
    const borrowers = (rows: readonly { borrowerId: string }[]) => [
      ...new Set(rows.map(({ borrowerId }) => borrowerId)),
    ]
    expect(borrowers(await market.rows(planId))).toEqual(inOrder)
    expect(borrowers((await market.plan.unmet({ planId, policy })).items)).toEqual(inOrder)
  })

  test('nothing that a person wrote, and no person, enters the engine', async ({ market, db }) => {
    const planId = await market.computed()
    const { rows } = await sql<{ market: unknown }>`select market from plan where plan_id = ${planId}`.execute(db)
    expect(rows).toEqual([])
    const kept = await sql<{ market: unknown }>`
      with acting as materialized (select set_config('app.organisation', ${county.organisationId}, false))
      select market from acting, plan where plan_id = ${planId}`.execute(db)
    const texts = textsIn(kept.rows[0]?.market)
    expect(texts.length).toBeGreaterThan(20)
    for (const text of texts) expect(text).toMatch(/^([0-9a-f-]{36}|\d{4}-\d\d-\d\d(T[\d:.]+Z)?|[a-z_]+)$/)
  })

  test('a county with nothing open has nothing to plan', async ({ market, feed }) => {
    for (const number of [11, 12]) await feed.requestWithdrawn(number === 11 ? norberg : kungsor, id(number))
    await expect(market.plan.compute(key())).rejects.toMatchObject({ cause: { code: 'plan.nothing_open' } })
  })
})

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
    const { differences } = await market.plan.compare({ planId: await byTerm(), otherId: before, policy })
    const [one] = differences.filter(({ offerId }) => offerId === id(3))
    expect(one).toMatchObject({ requestId: id(13), before: 8, after: (22 * 6 + 18 * 8) / 40 })
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

describe('a plan binds nobody and grows old', () => {
  const now = async ({ rows }: { rows: ReturnType<typeof coordinating>['rows'] }, planId: string) =>
    Object.fromEntries((await rows(planId)).map((row) => [row.borrowerId, row.standing]))

  test('each row says whether it still can become a proposal', async ({ market, feed }) => {
    const planId = await market.computed()
    await feed.requestWithdrawn(norberg, id(11))
    await feed.covered(kungsor, id(12), [])
    expect(await now(market, planId)).toEqual({
      [norberg.organisationId]: 'request_closed',
      [kungsor.organisationId]: 'request_covered',
    })
  })

  test('hours that were taken, and offers that were withdrawn, are said to be', async ({ market, feed }) => {
    const planId = await market.computed()
    await feed.reserved(vasteras, id(1), weekly(springTerm, 1))
    expect(new Set(Object.values(await now(market, planId)))).toEqual(new Set(['offer_taken']))
    await feed.offerWithdrawn(vasteras, id(1))
    expect(new Set(Object.values(await now(market, planId)))).toEqual(new Set(['offer_closed']))
  })

  test('a pair that is being arranged for those days, or was turned down since the plan was made, is said to be', async ({
    market,
    feed,
  }) => {
    const planId = await market.computed()
    const share = { organisationId: norberg.organisationId, requestId: id(11), hoursPerWeek: 6 }
    const pair = { offerId: id(1), lenderId: vasteras.organisationId }
    const autumn = { from: '2027-08-16', to: '2027-12-18' }
    const facts = { ...pair, arrangementId: id(900), shares: [{ ...share, period: springTerm }] }
    await feed.proposed({ ...pair, arrangementId: id(899), shares: [{ ...share, period: autumn }] })
    const others = { ...share, organisationId: kungsor.organisationId, requestId: id(12), period: springTerm }
    await feed.proposed({ ...pair, arrangementId: id(898), shares: [others] })
    await feed.declined({ ...pair, arrangementId: id(898), shares: [others], reasonCode: 'cost' })
    expect((await now(market, planId))[norberg.organisationId]).toBe('open')
    await feed.proposed(facts)
    expect((await now(market, planId))[norberg.organisationId]).toBe('proposed')
    await feed.declined({ ...facts, reasonCode: 'cost' })
    expect((await now(market, planId))[norberg.organisationId]).toBe('turned_down')
    expect((await now(market, await market.computed()))[norberg.organisationId]).toBe('open')
  })

  test('a pair whose terms moved to other days is being arranged for those, and no longer for the first', async ({
    market,
    feed,
  }) => {
    const planId = await market.computed()
    const share = { organisationId: norberg.organisationId, requestId: id(11), hoursPerWeek: 6 }
    const autumn = { from: '2027-08-16', to: '2027-12-18' }
    const facts = { offerId: id(1), lenderId: vasteras.organisationId, arrangementId: id(900) }
    await feed.proposed({ ...facts, shares: [{ ...share, period: springTerm }] })
    await feed.revised({ ...facts, shares: [{ ...share, period: autumn }] })
    expect((await now(market, planId))[norberg.organisationId]).toBe('open')
    await feed.revised({ ...facts, shares: [{ ...share, period: springTerm }] })
    expect((await now(market, planId))[norberg.organisationId]).toBe('proposed')
  })

  test('one without a name is forgotten after a month, one with a name is not', async ({ market, admin }) => {
    const { plan, computed } = market
    const [kept, lost] = [await computed(), await computed()]
    const { version } = await plan.get({ planId: kept })
    await plan.save({ ...key(), planId: kept, version, name: 'Vårterminen' })
    await expect(plan.save({ ...key(), planId: kept, version, name: 'Annat' })).rejects.toMatchObject({
      cause: { code: 'plan.stale', details: { changed: { name: 'Vårterminen' } } },
    })
    await admin
      .updateTable('plan')
      .set({ created_at: sql<Date>`app_now() - interval '31 days'` })
      .execute()
    await market.forget()
    expect((await plan.list({})).items.map(({ planId }) => planId)).toEqual([kept])
    await expect(plan.get({ planId: lost })).rejects.toMatchObject({ cause: { code: 'plan.not_found' } })
  })

  test("is another organisation's secret", async ({ market, feed }) => {
    const planId = await market.computed()
    const other = coordinating(feed, elsewhere)
    await expect(other.plan.get({ planId })).rejects.toMatchObject({ cause: { code: 'plan.not_found' } })
    expect((await other.plan.list({})).items).toEqual([])
  })
})

describe('the workers', () => {
  test('a plan that is asked to stop keeps what was found by then', async ({ market, feed }) => {
    const { plan, workAll } = market
    const { planId } = await plan.compute(key())
    expect(await plan.get({ planId })).toMatchObject({ state: 'waiting', progress: 0, alternatives: [] })
    await plan.stop({ ...key(), planId })
    await workAll()
    const stopped = await plan.get({ planId })
    expect(stopped.state).toBe('stopped')
    expect(stopped.alternatives).toHaveLength(3)
    expect(feed).toBeDefined()
  })

  test('nobody takes what another one holds, and a result counts only while its lease does', async ({
    market,
    feed,
  }) => {
    const { plan } = market
    const { db } = feed.services
    const { planId } = await plan.compute(key())
    const first = await takePlanWork(db, leaseMs)
    expect(await takePlanWork(db, leaseMs)).toBeUndefined()
    await sql`update plan_work set taken_until = now() - interval '1 second'`.execute(db)
    const second = await takePlanWork(db, leaseMs)
    expect(second?.planId).toBe(planId)
    if (!first || !second) throw new Error('nobody took it')
    const errors: unknown[] = []
    const heard = {
      info: () => undefined,
      warn: () => undefined,
      error: (...told: unknown[]) => void errors.push(told),
    }
    await workOff(feed.services, first, { leaseMs, log: heard, stopping: new AbortController().signal })
    expect((await plan.get({ planId })).state).toBe('computing')
    // Nor is one that was thrown away meanwhile anything for an operator to look into.
    expect(errors).toEqual([])
    await workOff(feed.services, second, { leaseMs, log, stopping: new AbortController().signal })
    expect((await plan.get({ planId })).state).toBe('ready')
  })

  test('a lease that could not be renewed once is renewed the next time, and a wish to stop is heard', async ({
    market,
    feed,
    admin,
  }) => {
    // So much that it takes longer to compute than until the next time.
    for (let number = 0; number < 40; number += 1) {
      if (number < 20) await feed.offer(vasteras, { offerId: id(200 + number), hoursPerWeek: 10 + (number % 7) })
      await feed.request(number % 2 ? norberg : kungsor, {
        requestId: id(300 + number),
        hoursPerWeek: 5 + (number % 9),
      })
    }
    await feed.match()
    const { plan } = market
    const { planId } = await plan.compute(key())
    await plan.stop({ ...key(), planId })
    const work = await takePlanWork(feed.services.db, leaseMs)
    if (!work) throw new Error('nothing is to be computed')
    const computed = await admin.transaction().execute(async (tx) => {
      await sql`select from plan_work for update`.execute(tx)
      const computing = workOff(feed.services, work, { leaseMs, log, stopping: new AbortController().signal })
      // The renewal waits for the row that is held here, and its connection is lost.
      await expect
        .poll(async () => {
          const { rows } = await sql`
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query like '%update plan_work%'`.execute(
            admin,
          )
          return rows.length
        })
        .toBe(1)
      return { computing }
    })
    await computed.computing
    expect((await plan.get({ planId })).state).toBe('stopped')
  })

  test('one that kills its worker again and again is given up', async ({ market, feed }) => {
    const { plan, workAll } = market
    const { planId } = await plan.compute(key())
    await sql`update plan_work set tries = 3`.execute(feed.services.db)
    await workAll()
    expect((await plan.get({ planId })).state).toBe('failed')
    await expect(plan.assignments({ planId, policy })).rejects.toMatchObject({ cause: { code: 'plan.not_ready' } })
  })
})

/** Every text in a value, names of fields left out. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
