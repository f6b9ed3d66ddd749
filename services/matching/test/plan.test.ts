import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { id, kungsor, norberg, springTerm, vasteras, weekly } from './builders.ts'
import { setToday } from './feed.ts'
import { county, coordinating, elsewhere, hoursTo, key, policy, test } from './coordinating.ts'
import { fillMarket } from './synthetic-market.ts'

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
    const fair = alternatives.find((one) => one.policy === 'worst_off_first')?.figures
    // The certificate is of these quarters, and not of what they were made of.
    expect(fair?.value).toBe(fair?.worstOff?.coverage)
    expect(fair?.gap).toBeCloseTo(1 - (fair?.value ?? 0) / (fair?.bound ?? 1), 9)
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
    expect(told).toMatchObject({ hoursGiven: told.hoursAsked - 44, unmet: [{ reason: 'taken_by_others', hours: 44 }] })
    const [candidate] = told.candidates
    expect(candidate).toMatchObject({ lenderId: vasteras.organisationId, left: 0, excluded: false })
    expect(candidate?.others).toHaveLength(1)
  })

  test('a request that is partly covered gets the few hours that are left, though it could do with no fewer at first', async ({
    market,
    feed,
  }) => {
    await feed.offerChanged(vasteras, { hoursPerWeek: 12, slice: 1 })
    await feed.requestWithdrawn(kungsor, id(12))
    await feed.covered(norberg, id(11), weekly(springTerm, 2))
    await feed.match()
    const planId = await market.computed()
    expect(await market.rows(planId)).toMatchObject([{ requestId: id(11), hoursPerWeek: 2 }])
    expect((await market.plan.unmet({ planId, policy })).items).toEqual([])
  })

  test('gives nothing in a week that has days of both sides but none in common, nor locks anything in it', async ({
    market,
    feed,
  }) => {
    const autumn = { from: '2027-08-16', to: '2027-12-18' }
    const asked = [{ from: '2027-01-11', to: '2027-06-09' }, autumn]
    const year = { from: '2027-06-10', to: autumn.to }
    const segments = asked.map((period) => ({ period, hoursPerWeek: 8 }))
    await feed.request(norberg, {
      requestId: id(13),
      requiredCompetences: ['logoped'],
      segments,
      left: asked.flatMap((period) => weekly(period, 8)),
    })
    await feed.offer(vasteras, { offerId: id(3), mainCompetence: 'logoped', period: year, hoursPerWeek: 8 })
    await feed.match()
    const pair = { requestId: id(13), offerId: id(3) }
    const given = async (planId: string) =>
      (await market.rows(planId)).filter((row) => row.offerId === id(3)).map(({ period }) => period)
    const planId = await market.computed()
    expect(await given(planId)).toEqual([autumn])
    expect(await given(await market.adjusted(planId, { kind: 'lock', ...pair, hoursPerWeek: 5 }))).toEqual([autumn])
    const { unmet } = await market.plan.explain({ planId, policy, requestId: id(13) })
    expect(unmet).toMatchObject([{ reason: 'period', hours: 22 * 8 }])
  })

  test('what rounding to quarters takes is said to be that, and nothing is to be done about it', async ({ market }) => {
    const { items } = await market.plan.unmet({ planId: await market.computed(), policy: 'worst_off_first' })
    expect(items.map(({ reason, next }) => [reason, next])).toContainEqual(['rounded', null])
    expect(items.map(({ reason }) => reason)).not.toContain('slice_too_small')
  })

  test('hours that could be more in one term are a reason to let them differ between terms', async ({
    market,
    feed,
  }) => {
    const autumn = { from: '2027-08-16', to: '2027-12-18' }
    const segments = [springTerm, autumn].map((period) => ({ period, hoursPerWeek: 8 }))
    const left = (inAutumn: number) => [...weekly(springTerm, 8), ...weekly(autumn, inAutumn)]
    const logoped = { mainCompetence: 'logoped', requiredCompetences: ['logoped'] }
    await feed.request(norberg, { requestId: id(13), ...logoped, segments, left: left(8) })
    await feed.offer(vasteras, { offerId: id(3), ...logoped, segments, left: left(5) })
    await feed.match()
    const unmetIn = async (planId: string) => (await market.plan.explain({ planId, policy, requestId: id(13) })).unmet
    expect(await unmetIn(await market.computed())).toMatchObject([
      { reason: 'same_hours', next: 'allow_other_hours', hours: 22 * 3 },
      { reason: 'no_offer', hours: 18 * 3 },
    ])
    const { planId } = await market.plan.compute({ ...key(), mayDifferBetweenTerms: true })
    await market.workAll()
    expect(await unmetIn(planId)).toMatchObject([{ reason: 'no_offer', hours: 18 * 3 }])
  })

  test('a row ends with the last day that is asked for and offered, also where the offer goes on later that week', async ({
    market,
    feed,
  }) => {
    const asked = { from: '2027-01-11', to: '2027-02-10' }
    const offered = [
      { from: '2027-01-13', to: '2027-02-09' },
      { from: '2027-02-11', to: '2027-06-12' },
    ]
    await feed.request(norberg, { requestId: id(13), requiredCompetences: ['logoped'], period: asked })
    await feed.offer(vasteras, {
      offerId: id(3),
      mainCompetence: 'logoped',
      segments: offered.map((period) => ({ period, hoursPerWeek: 8 })),
      left: weekly({ from: '2027-01-13', to: '2027-06-12' }, 8),
    })
    await feed.match()
    const rows = (await market.rows(await market.computed())).filter(({ requestId }) => requestId === id(13))
    expect(rows).toMatchObject([{ period: offered[0], hoursPerWeek: 8, hours: 5 * 8 }])
  })

  test('of many offers that could serve a request it is told a page at a time, beginning with those that do, or one alone', async ({
    market,
    feed,
  }) => {
    for (let number = 0; number < 5; number += 1)
      await feed.offer(vasteras, {
        offerId: id(3 + number),
        hoursPerWeek: 4,
        licence: number % 2 ? 'claimed' : 'documented',
      })
    await feed.match()
    const ask = { planId: await market.computed(), policy, requestId: id(11) }
    const whole = await market.plan.explain({ ...ask, limit: 100 })
    expect(whole).toMatchObject({ next: null })
    expect(whole.candidates).toHaveLength(6)
    const ranks = whole.candidates.map(({ gives, score }) => [gives > 0 ? 1 : 0, score] as const)
    expect(ranks).toEqual(ranks.toSorted(([a, x], [b, y]) => b - a || y - x))
    const first = await market.plan.explain({ ...ask, limit: 4 })
    const second = await market.plan.explain({ ...ask, limit: 4, cursor: first.next ?? '' })
    expect([...first.candidates, ...second.candidates]).toEqual(whole.candidates)
    expect(second).toMatchObject({ next: null, hoursGiven: whole.hoursGiven })
    const [last] = whole.candidates.slice(-1)
    expect((await market.plan.explain({ ...ask, offerId: last?.offerId })).candidates).toEqual([last])
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

  test('needs of one organisation alone are for no pool, nor is one that another lacks for its period', async ({
    market,
    feed,
  }) => {
    const autumn = { from: '2027-08-16', to: '2027-12-18' }
    for (const number of [13, 14])
      await feed.request(norberg, { requestId: id(number), requiredCompetences: ['talpedagog'], hoursPerWeek: 4 })
    await feed.offer(vasteras, { offerId: id(3), mainCompetence: 'logoped', hoursPerWeek: 8 })
    await feed.request(norberg, { requestId: id(15), requiredCompetences: ['logoped'], hoursPerWeek: 12 })
    const segments = [springTerm, autumn].map((period) => ({ period, hoursPerWeek: 4 }))
    const left = segments.flatMap(({ period, hoursPerWeek }) => weekly(period, hoursPerWeek))
    await feed.request(kungsor, { requestId: id(16), requiredCompetences: ['logoped'], segments, left })
    await feed.match()
    const planId = await market.adjusted(await market.computed(), {
      kind: 'lock',
      requestId: id(16),
      offerId: id(3),
      hoursPerWeek: 4,
    })
    const { items } = await market.plan.unmet({ planId, policy })
    const nextOf = (number: number) => items.find(({ requestId }) => requestId === id(number))
    expect([13, 14].map((number) => nextOf(number)?.next)).toEqual(['ask_for_capacity', 'ask_for_capacity'])
    expect(nextOf(16)).toMatchObject({ reason: 'period' })
    expect(nextOf(15)).toMatchObject({ reason: 'taken_by_others', next: 'ask_for_capacity' })
  })

  test('nobody is told to allow more offers per request than can be', async ({ market, feed }) => {
    await feed.request(norberg, { requestId: id(13), requiredCompetences: ['logoped'], hoursPerWeek: 20 })
    for (let number = 3; number < 8; number += 1)
      await feed.offer(vasteras, { offerId: id(number), mainCompetence: 'logoped', hoursPerWeek: 4 })
    await feed.match()
    const nextWith = async (mostProviders: number) => {
      const { planId } = await market.plan.compute({ ...key(), mostProviders })
      await market.workAll()
      const { items } = await market.plan.unmet({ planId, policy })
      const { unmet } = await market.plan.explain({ planId, policy, requestId: id(13) })
      return [items.find(({ requestId }) => requestId === id(13)), ...unmet].map((one) => [one?.reason, one?.next])
    }
    const more = ['too_many_providers', 'allow_more_providers']
    expect(await nextWith(3)).toEqual([more, more])
    const other = ['too_many_providers', 'ask_for_capacity']
    expect(await nextWith(4)).toEqual([other, other])
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

  test('what an offer only does on site is done there, though it was asked for remotely', async ({ market, feed }) => {
    await feed.requestWithdrawn(kungsor, id(12))
    await feed.offerChanged(vasteras, { hoursPerWeek: 12, place: 'on_site' })
    await feed.requestChanged(norberg, { requestId: id(11), hoursPerWeek: 8, place: 'remote' })
    await feed.match()
    const planId = await market.computed()
    expect(await market.rows(planId)).toMatchObject([{ place: 'on_site', km: 60 }])
    expect((await market.plan.get({ planId })).alternatives[0]?.figures.kmPerWeek).toBe(2 * 60)
  })

  test('an offer of the county is part of it, and what is decided of it stays, however many of other counties serve the request better', async ({
    market,
    feed,
  }) => {
    await feed.requestWithdrawn(kungsor, id(12))
    await feed.offerChanged(vasteras, { hoursPerWeek: 12, licence: 'claimed' })
    for (let number = 0; number < 51; number += 1)
      await feed.offer({ ...vasteras, organisationId: id(2180) }, { offerId: id(100 + number) })
    await feed.match()
    const planId = await market.computed()
    expect((await market.plan.get({ planId })).market).toMatchObject({ requests: 1, offers: 1, pairs: 1 })
    const pair = { requestId: id(11), offerId: id(1) }
    expect(await market.rows(planId)).toMatchObject([{ ...pair, hoursPerWeek: 8, km: 60 }])
    const basedOn = await market.adjusted(planId, { kind: 'lock', ...pair, hoursPerWeek: 5 })
    const anew = await market.plan.compute({ ...key(), basedOn })
    await market.workAll()
    expect(await market.rows(anew.planId)).toMatchObject([{ ...pair, hoursPerWeek: 5, locked: true }])
    expect((await market.plan.get(anew)).market).toMatchObject({ pairs: 1, offersPerRequest: null })
  })

  test('what is not matched yet is part of it as it is now, and what no longer fits is not', async ({
    market,
    feed,
  }) => {
    await feed.requestWithdrawn(kungsor, id(12))
    await feed.request(kungsor, { requestId: id(13), hoursPerWeek: 4 })
    await feed.offer(vasteras, { offerId: id(3), mainCompetence: 'logoped', hoursPerWeek: 8 })
    await feed.requestChanged(norberg, { requestId: id(11), requiredCompetences: ['logoped'], hoursPerWeek: 8 })
    const planId = await market.computed()
    const given = (await market.rows(planId)).map(({ requestId, offerId }) => ({ requestId, offerId }))
    expect(given).toHaveLength(2)
    expect(given).toContainEqual({ requestId: id(13), offerId: id(1) })
    expect(given).toContainEqual({ requestId: id(11), offerId: id(3) })
    expect((await market.plan.get({ planId })).market).toMatchObject({ requests: 2, offers: 2, pairs: 2 })
  })

  test('where very many ask for one competence, others are answered meanwhile, and of each request some offers are considered', async ({
    feed,
    admin,
  }) => {
    await feed.organisation(county)
    await fillMarket(admin, { offers: 1_200, requests: 1_200, competences: ['skolpsykolog'] })
    await sql`update organisation set county_code = '19' where kind = 'municipality'`.execute(admin)
    await sql`update request set more_serving = true`.execute(admin)
    const { plan, workAll } = coordinating(feed)
    // Of this thread's own time, so that a machine that is busy with something else does not count.
    const spent = () => {
      const { user, system } = process.threadCpuUsage()
      return (user + system) / 1_000
    }
    let [longest, before] = [0, spent()]
    const beat = setInterval(() => {
      const now = spent()
      longest = Math.max(longest, now - before)
      before = now
    }, 20)
    const { planId } = await plan.compute(key())
    await plan.stop({ ...key(), planId })
    await workAll()
    clearInterval(beat)
    longest = Math.max(longest, spent() - before)
    const { state, market, alternatives } = await plan.get({ planId })
    expect({ state, most: market.offersPerRequest }).toEqual({ state: 'stopped', most: 83 })
    expect(market.pairs).toBeGreaterThan(50_000)
    expect(market.pairs).toBeLessThanOrEqual(1_200 * 83)
    const [mostHelp] = alternatives
    expect(mostHelp?.figures.hoursGiven).toBeGreaterThan(0.7 * market.hoursAsked)
    expect(longest).toBeLessThan(1_000)
  })

  test('a county with nothing open has nothing to plan', async ({ market, feed }) => {
    for (const number of [11, 12]) await feed.requestWithdrawn(number === 11 ? norberg : kungsor, id(number))
    await expect(market.plan.compute(key())).rejects.toMatchObject({ cause: { code: 'plan.nothing_open' } })
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

  test('a row whose days are all gone by is said to be', async ({ market, admin }) => {
    const planId = await market.computed()
    await setToday(admin, '2027-06-11')
    expect(new Set(Object.values(await now(market, planId)))).toEqual(new Set(['open']))
    await setToday(admin, springTerm.to)
    expect(new Set(Object.values(await now(market, planId)))).toEqual(new Set(['gone_by']))
  })

  test('what happened in the weeks gone by says nothing of those to come', async ({ market, feed, admin }) => {
    const planId = await market.computed()
    const [gone, rest] = [
      { from: springTerm.from, to: '2027-02-01' },
      { from: '2027-02-01', to: springTerm.to },
    ]
    await feed.reserved(vasteras, id(1), [...weekly(gone, 0), ...weekly(rest, 12)])
    await setToday(admin, '2027-01-29')
    expect(new Set(Object.values(await now(market, planId)))).toEqual(new Set(['offer_taken']))
    await setToday(admin, '2027-01-30')
    expect(new Set(Object.values(await now(market, planId)))).toEqual(new Set(['open']))
  })

  test('hours that were taken, and offers that were withdrawn, are said to be', async ({ market, feed }) => {
    const planId = await market.computed()
    await feed.reserved(vasteras, id(1), weekly(springTerm, 1))
    expect(new Set(Object.values(await now(market, planId)))).toEqual(new Set(['offer_taken']))
    await feed.offerWithdrawn(vasteras, id(1))
    expect(new Set(Object.values(await now(market, planId)))).toEqual(new Set(['offer_closed']))
  })

  test('a pair that is being arranged for those days, or since the plan was made has been or was turned down, is said to be', async ({
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
    const anew = { ...facts, arrangementId: id(901) }
    await feed.proposed(anew)
    await feed.approved(anew)
    expect((await now(market, planId))[norberg.organisationId]).toBe('proposed')
    // One that is changed by hand is of the market as it was then, and gives the same again.
    const changed = await market.adjusted(planId, { kind: 'exclude', requestId: id(12), offerId: id(1) })
    expect((await now(market, changed))[norberg.organisationId]).toBe('proposed')
    // A plan made since gives what is still lacking: its row is more of the same.
    expect((await now(market, await market.computed()))[norberg.organisationId]).toBe('open')
    await feed.ended({ ...anew, reasonCode: 'ended', lastDay: '2027-03-31' })
    expect((await now(market, planId))[norberg.organisationId]).toBe('proposed')
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

  test('one that somebody has named meanwhile is not thrown away unseen', async ({ market }) => {
    const { plan, computed } = market
    const planId = await computed()
    const { version } = await plan.get({ planId })
    const saved = await plan.save({ ...key(), planId, version, name: 'Vårterminen' })
    await expect(plan.discard({ ...key(), planId, version })).rejects.toMatchObject({
      cause: { code: 'plan.stale', details: { changed: { name: 'Vårterminen' } } },
    })
    await plan.discard({ ...key(), ...saved })
    await expect(plan.get({ planId })).rejects.toMatchObject({ cause: { code: 'plan.not_found' } })
  })

  test('many are forgotten a few at a time: where one cannot go, those before it are gone', async ({
    market,
    admin,
  }) => {
    await market.computed()
    await sql`
      insert into plan (organisation_id, state, created_at, settings, locks, exclusions, market, summary)
      select organisation_id, state, app_now() - interval '40 days' + n * interval '1 second', settings, locks, exclusions, market, summary
      from plan, generate_series(1, 25) n`.execute(admin)
    const plans = admin.selectFrom('plan').select('plan_id')
    const forgetting = await admin.transaction().execute(async (tx) => {
      await sql`select from plan where created_at < app_now() - interval '30 days' order by created_at desc limit 1
        for update`.execute(tx)
      const begun = market.forget()
      await expect.poll(() => plans.execute()).toHaveLength(6)
      return { begun }
    })
    await forgetting.begun
    expect(await plans.execute()).toHaveLength(1)
  })

  test("is another organisation's secret", async ({ market, feed }) => {
    const planId = await market.computed()
    const other = coordinating(feed, elsewhere)
    await expect(other.plan.get({ planId })).rejects.toMatchObject({ cause: { code: 'plan.not_found' } })
    expect((await other.plan.list({})).items).toEqual([])
  })
})

/** Every text in a value, names of fields left out. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
