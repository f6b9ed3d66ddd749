import { randomUUID } from 'node:crypto'
import { Announcement, asOrganisation, listen, readAudit } from '@samkraft/db'
import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { id, kungsor, norberg, type Owner, region, springTerm, vasteras, weekly } from './builders.ts'
import { type Feed, test } from './feed.ts'

const fagersta: Owner = {
  organisationId: id(1982),
  position: { latitude: 60.00418, longitude: 15.7933 },
  population: 13_000,
}
const gavle: Owner = { organisationId: id(2180), position: { latitude: 60.67, longitude: 17.14 }, population: 102_000 }
const elsewhere: Owner = { ...region, organisationId: id(20) }

const [norbergs, fagerstas, kungsors] = [id(101), id(102), id(103)]
const all = [norbergs, fagerstas, kungsors]
const asks = [
  [norberg, norbergs],
  [fagersta, fagerstas],
  [kungsor, kungsors],
] as const

const key = () => ({ commandKey: randomUUID() })
const refused = (code: string, message: string) => expect.objectContaining({ code, message })
const coordinator = (feed: Feed) => feed.as(region, ['coordinator'])

test.beforeEach(async ({ feed }) => {
  for (const owner of [vasteras, norberg, fagersta, kungsor, region]) await feed.organisation(owner)
  for (const owner of [gavle, elsewhere]) await feed.organisation(owner, '21')
  for (const [owner, requestId] of asks) await feed.request(owner, { requestId })
  await feed.match()
})

/** Norberg starts, the others join. */
async function pooled(feed: Feed): Promise<string> {
  const { pooledNeedId } = await feed.as(norberg).pooledNeed.start({ ...key(), requestIds: all })
  await feed.as(fagersta).pooledNeed.join({ ...key(), pooledNeedId, requestId: fagerstas })
  await feed.as(kungsor).pooledNeed.join({ ...key(), pooledNeedId, requestId: kungsors })
  return pooledNeedId
}

const viewOf = async (feed: Feed, pooledNeedId: string) =>
  (await feed.as(norberg).pooledNeed.get({ pooledNeedId })).pooledNeed

describe('what could be pooled', () => {
  test('is suggested to the owner of each request and to the coordinator, and to nobody else', async ({ feed }) => {
    const suggestion = expect.objectContaining({
      competence: 'skolpsykolog',
      hoursPerWeek: 24,
      period: springTerm,
      km: expect.any(Number),
      members: expect.arrayContaining(all.map((requestId) => expect.objectContaining({ requestId, hoursPerWeek: 8 }))),
    })
    for (const reader of [feed.as(norberg), coordinator(feed)])
      expect((await reader.pooledNeed.forRequest({ requestId: norbergs })).suggestion).toEqual(suggestion)
    for (const reader of [feed.as(fagersta), feed.as(elsewhere, ['coordinator']), feed.as(region, ['officer'])])
      expect((await reader.pooledNeed.forRequest({ requestId: norbergs })).suggestion).toBeNull()
    expect(await coordinator(feed).pooledNeed.suggest()).toEqual({ items: [suggestion] })
    expect(await feed.as(elsewhere, ['coordinator']).pooledNeed.suggest()).toEqual({ items: [] })
  })

  test('follows the market: what an offer serves in full, and what is withdrawn, is no part of it', async ({
    feed,
  }) => {
    await feed.requestWithdrawn(kungsor, kungsors)
    await feed.match()
    const { items: suggestions } = await coordinator(feed).pooledNeed.suggest()
    expect(suggestions).toMatchObject([{ hoursPerWeek: 16, members: [{}, {}] }])
    await feed.offer(vasteras, { offerId: id(1), hoursPerWeek: 8 })
    await feed.match()
    expect((await coordinator(feed).pooledNeed.suggest()).items).toEqual([])
    await feed.reserved(vasteras, id(1), weekly(springTerm, 4))
    await feed.match()
    expect((await coordinator(feed).pooledNeed.suggest()).items).toMatchObject([{ hoursPerWeek: 16 }])
  })
})

/** More requests of Norberg for another competence, all open longer than any other, than are looked at together. */
async function manyOthers(feed: Feed): Promise<void> {
  await feed.request(norberg, { requestId: id(200), requiredCompetences: ['talpedagog'] })
  await feed.match()
  await sql`
    with copied as (
      insert into request (request_id, organisation_id, open, opened_at, facts, computed_at)
      select uuidv7(), organisation_id, open, opened_at - interval '1 day', facts, computed_at
      from request, generate_series(1, 500) where request_id = ${id(200)}::uuid
      returning request_id)
    insert into request_competence (request_id, competence, period)
    select copied.request_id, c.competence, c.period from copied, request_competence c where c.request_id = ${id(200)}::uuid`.execute(
    feed.services.db,
  )
}

describe('a county with many needs', () => {
  test('suggests to each what it could be pooled with, however long others have been open', async ({ feed }) => {
    await manyOthers(feed)
    const { suggestion } = await feed.as(norberg).pooledNeed.forRequest({ requestId: norbergs })
    expect(suggestion?.members.map(({ requestId }) => requestId).sort()).toEqual(all)
    const { pooledNeedId } = await feed.as(norberg).pooledNeed.start({ ...key(), requestIds: [norbergs, fagerstas] })
    const { couldInvite } = await coordinator(feed).pooledNeed.get({ pooledNeedId })
    expect(couldInvite.map(({ requestId }) => requestId)).toEqual([kungsors])
  })

  test('tells a request of a pooled need that it could join, however many newer ones there are', async ({ feed }) => {
    const { pooledNeedId } = await feed.as(norberg).pooledNeed.start({ ...key(), requestIds: [norbergs, fagerstas] })
    await sql`
      insert into pooled_need (county_code, competence, started_by, started_at)
      select county_code, 'talpedagog', started_by, started_at from pooled_need, generate_series(1, 100)`.execute(
      feed.services.db,
    )
    expect(await feed.as(kungsor).pooledNeed.forRequest({ requestId: kungsors })).toMatchObject({
      couldJoin: [{ pooledNeedId }],
      suggestion: null,
    })
  })
})

describe('a pooled need', () => {
  test('is started by the owner of a request, who has joined; the others are invited and join or leave with one click', async ({
    feed,
  }) => {
    const { pooledNeedId } = await feed.as(norberg).pooledNeed.start({ ...key(), requestIds: all })
    const joined = async () =>
      (await viewOf(feed, pooledNeedId)).members.filter((member) => member.joined).map(({ requestId }) => requestId)
    expect(await joined()).toEqual([norbergs])
    const invitation = { kind: 'pooled_need_invitation', pooledNeedId, request: { requestId: fagerstas } }
    expect((await feed.as(fagersta).task.list()).items).toMatchObject([invitation])
    expect((await feed.as(norberg).task.list()).items).toEqual([])
    expect(await feed.as(fagersta).pooledNeed.forRequest({ requestId: fagerstas })).toMatchObject({
      pooledNeed: { pooledNeedId, startedBy: norberg.organisationId, hoursPerWeek: 24 },
      joined: false,
      couldJoin: [],
      suggestion: null,
    })
    const join = { ...key(), pooledNeedId, requestId: fagerstas }
    const first = await feed.as(fagersta).pooledNeed.join(join)
    expect(await feed.as(fagersta).pooledNeed.join(join)).toEqual(first)
    expect(await joined()).toEqual([norbergs, fagerstas])
    expect((await feed.as(fagersta).task.list()).items).toEqual([])
    // Kungsör is only invited: its hours and its kilometres do not count any more.
    expect(await viewOf(feed, pooledNeedId)).toMatchObject({ hoursPerWeek: 16 })
    await feed.as(fagersta).pooledNeed.leave({ ...key(), pooledNeedId, requestId: fagerstas })
    expect(await joined()).toEqual([norbergs])
    const own = await feed.as(fagersta).pooledNeed.forRequest({ requestId: fagerstas })
    expect(own).toMatchObject({ pooledNeed: null, couldJoin: [{ pooledNeedId }], suggestion: null })
    await feed.as(fagersta).pooledNeed.join({ ...key(), pooledNeedId, requestId: fagerstas })
    expect(await joined()).toEqual([norbergs, fagerstas])
  })

  test('names those who are invited in the order of their names', async ({ feed }) => {
    await feed.organisation(kungsor, '19', 'Åmål')
    await feed.organisation(fagersta, '19', 'Ängelholm')
    await feed.organisation(norberg, '19', 'Ystad')
    const { pooledNeedId } = await coordinator(feed).pooledNeed.start({ ...key(), requestIds: all })
    const { members } = await viewOf(feed, pooledNeedId)
    expect(members.map(({ requestId }) => requestId)).toEqual([norbergs, kungsors, fagerstas])
  })

  test('an invitation does not hold a request: it joins another instead, which turns the invitation down', async ({
    feed,
  }) => {
    const { pooledNeedId: first } = await coordinator(feed).pooledNeed.start({
      ...key(),
      requestIds: [norbergs, kungsors],
    })
    const sala: Owner = { ...fagersta, organisationId: id(1981) }
    await feed.organisation(sala)
    await feed.request(sala, { requestId: id(104) })
    await feed.match()
    const started = { ...key(), requestIds: [fagerstas, id(104)] }
    const { pooledNeedId: second } = await feed.as(fagersta).pooledNeed.start(started)

    const { pooledNeed, joined, couldJoin } = await feed.as(norberg).pooledNeed.forRequest({ requestId: norbergs })
    expect([pooledNeed?.pooledNeedId, joined, couldJoin.map((one) => one.pooledNeedId)]).toEqual([
      first,
      false,
      [second],
    ])
    const page = await feed.as(norberg).pooledNeed.get({ pooledNeedId: second })
    expect(page.own).toEqual({ requestId: norbergs, joined: false, invitedTo: first })

    await feed.as(norberg).pooledNeed.join({ ...key(), pooledNeedId: second, requestId: norbergs })
    expect((await viewOf(feed, second)).members.map(({ requestId }) => requestId)).toContain(norbergs)
    expect((await viewOf(feed, first)).members.map(({ requestId }) => requestId)).toEqual([kungsors])
    // Who has joined stays until it leaves by itself.
    await feed.as(kungsor).pooledNeed.join({ ...key(), pooledNeedId: first, requestId: kungsors })
    await expect(
      feed.as(kungsor).pooledNeed.join({ ...key(), pooledNeedId: second, requestId: kungsors }),
    ).rejects.toEqual(refused('CONFLICT', 'pooled_need.in_another'))
  })

  test('is started by the coordinator of the county, who joins nobody', async ({ feed }) => {
    const { pooledNeedId } = await coordinator(feed).pooledNeed.start({ ...key(), requestIds: all })
    const { members, startedBy } = await viewOf(feed, pooledNeedId)
    expect(members.map((member) => member.joined)).toEqual([false, false, false])
    expect(startedBy).toBe(region.organisationId)
    expect((await coordinator(feed).pooledNeed.list({})).items).toMatchObject([{ pooledNeedId, hoursPerWeek: 24 }])
  })

  test('is listed for everyone in its county and for the whole country, in pages, and in no other county', async ({
    feed,
  }) => {
    const first = await pooled(feed)
    for (const [owner, requestId] of [
      [norberg, id(111)],
      [fagersta, id(112)],
    ] as const)
      await feed.request(owner, { requestId, requiredCompetences: ['logoped'] })
    const requestIds = [id(111), id(112)]
    const { pooledNeedId: second } = await coordinator(feed).pooledNeed.start({ ...key(), requestIds })
    const skr: Owner = { ...region, organisationId: id(21) }
    await feed.organisation(skr, null)
    const idsOf = async (reader: ReturnType<Feed['as']>, limit = 20) => {
      const ids: string[] = []
      for (let cursor: string | undefined; ;) {
        const { items, next } = await reader.pooledNeed.list({ limit, cursor })
        ids.push(...items.map(({ pooledNeedId }) => pooledNeedId))
        if (next === null) return ids
        cursor = next
      }
    }
    expect(await idsOf(feed.as(kungsor))).toEqual([second, first])
    expect(await idsOf(feed.as(kungsor), 1)).toEqual([second, first])
    expect(await idsOf(feed.as(skr))).toEqual([second, first])
    expect(await idsOf(feed.as(elsewhere))).toEqual([])
  })

  test('lives as long as one of its requests is open', async ({ feed }) => {
    const pooledNeedId = await pooled(feed)
    await feed.requestWithdrawn(fagersta, fagerstas)
    expect(await viewOf(feed, pooledNeedId)).toMatchObject({ open: true, hoursPerWeek: 16, members: [{}, {}] })
    await feed.covered(kungsor, kungsors, weekly(springTerm, 0))
    expect((await viewOf(feed, pooledNeedId)).members.map(({ requestId }) => requestId)).toEqual([norbergs])
    await feed.requestWithdrawn(norberg, norbergs)
    expect(await viewOf(feed, pooledNeedId)).toMatchObject({ open: false, members: [] })
    await feed.request(norberg, { requestId: norbergs })
    await expect(feed.as(norberg).pooledNeed.join({ ...key(), pooledNeedId, requestId: norbergs })).rejects.toEqual(
      refused('CONFLICT', 'pooled_need.closed'),
    )
  })

  test('is told of in the log of whoever acts, to all that are in it and to the coordinator', async ({ db, feed }) => {
    const pooledNeedId = await pooled(feed)
    const log = (organisationId: string) =>
      asOrganisation(db, organisationId, (tx) => readAudit(tx, { subjectId: pooledNeedId, limit: 10 }))
    for (const { organisationId } of [kungsor, region]) {
      const { items } = await log(organisationId)
      expect(items.map(({ command }) => command)).toEqual(['pooledNeed.join', 'pooledNeed.join', 'pooledNeed.start'])
    }
    expect((await log(vasteras.organisationId)).items).toEqual([])
    const started = async (reader: Owner) =>
      (await feed.as(reader).audit.list({ subjectId: pooledNeedId })).items.at(-1)
    expect(await started(norberg)).toMatchObject({ command: 'pooledNeed.start', personId: expect.any(String) })
    expect(await started(kungsor)).toMatchObject({ command: 'pooledNeed.start', personId: null })
  })
})

describe('what is refused', () => {
  test('starting what one has no part in, and what does not belong together', async ({ feed }) => {
    const start = (owner: Owner, requestIds: string[], role: 'officer' | 'coordinator' = 'officer') =>
      feed.as(owner, [role]).pooledNeed.start({ ...key(), requestIds })
    const notYours = refused('FORBIDDEN', 'pooled_need.not_yours')
    await expect(start(vasteras, all)).rejects.toEqual(notYours)
    await expect(start(elsewhere, all, 'coordinator')).rejects.toEqual(notYours)
    await expect(start(region, all)).rejects.toEqual(notYours)
    await expect(start(norberg, [norbergs, id(999)])).rejects.toEqual(refused('NOT_FOUND', 'request.not_found'))

    const odd = (requestId: string) => start(norberg, [norbergs, requestId])
    await feed.request(gavle, { requestId: id(201) })
    await feed.request(fagersta, { requestId: id(202), requiredCompetences: ['skoljurist'] })
    await feed.request(fagersta, { requestId: id(203), period: { from: '2028-01-10', to: '2028-06-10' } })
    await feed.request(norberg, { requestId: id(204) })
    await feed.request(fagersta, { requestId: id(205) })
    await feed.requestWithdrawn(fagersta, id(205))
    await expect(odd(id(201))).rejects.toEqual(refused('CONFLICT', 'pooled_need.other_county'))
    await expect(odd(id(202))).rejects.toEqual(refused('CONFLICT', 'pooled_need.other_competence'))
    await expect(odd(id(203))).rejects.toEqual(refused('CONFLICT', 'pooled_need.other_period'))
    await expect(odd(id(204))).rejects.toEqual(refused('CONFLICT', 'pooled_need.same_organisation'))
    await expect(odd(id(205))).rejects.toEqual(refused('CONFLICT', 'pooled_need.request_not_open'))
  })

  test('joining or leaving for another organisation, and joining what one does not fit', async ({ feed }) => {
    const { pooledNeedId } = await feed.as(norberg).pooledNeed.start({ ...key(), requestIds: [norbergs, fagerstas] })
    const theirs = { pooledNeedId, requestId: fagerstas }
    await expect(feed.as(kungsor).pooledNeed.join({ ...key(), ...theirs })).rejects.toEqual(
      refused('NOT_FOUND', 'request.not_found'),
    )
    await expect(feed.as(kungsor).pooledNeed.leave({ ...key(), ...theirs })).rejects.toEqual(
      refused('NOT_FOUND', 'pooled_need.not_found'),
    )
    await feed.request(gavle, { requestId: id(201) })
    await feed.request(kungsor, { requestId: id(202), requiredCompetences: ['skoljurist'] })
    const joins = (owner: Owner, requestId: string) =>
      feed.as(owner).pooledNeed.join({ ...key(), pooledNeedId, requestId })
    await expect(joins(gavle, id(201))).rejects.toEqual(refused('CONFLICT', 'pooled_need.other_county'))
    await expect(joins(kungsor, id(202))).rejects.toEqual(refused('CONFLICT', 'pooled_need.other_competence'))
    await feed.requestWithdrawn(kungsor, kungsors)
    await expect(joins(kungsor, kungsors)).rejects.toEqual(refused('CONFLICT', 'pooled_need.request_not_open'))
  })

  test('being in two at once, however many start at the same time', async ({ feed }) => {
    const starts = [norberg, fagersta, kungsor].map((owner) =>
      feed.as(owner).pooledNeed.start({ ...key(), requestIds: all }),
    )
    const outcomes = await Promise.allSettled([
      ...starts,
      coordinator(feed).pooledNeed.start({ ...key(), requestIds: [kungsors, norbergs] }),
    ])
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(lost.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 3 }, () => refused('CONFLICT', 'pooled_need.in_another')),
    )
    expect((await coordinator(feed).pooledNeed.list({})).items).toHaveLength(1)
  })
})

describe('offers see it as one', () => {
  test('scored by the published rules, with what each would get and the round trip; only its owner is told', async ({
    feed,
  }) => {
    const { pooledNeedId } = await feed.as(norberg).pooledNeed.start({ ...key(), requestIds: all })
    await feed.offer(vasteras, { offerId: id(1), hoursPerWeek: 24, slice: 4, travelKm: 100 })
    await feed.match()
    const forOffer = (owner: Owner) => feed.as(owner).pooledNeed.forOffer({ offerId: id(1) })
    // One alone is no pool.
    expect(await forOffer(vasteras)).toEqual({ items: [] })
    await feed.as(fagersta).pooledNeed.join({ ...key(), pooledNeedId, requestId: fagerstas })
    const { items } = await forOffer(vasteras)
    expect(items).toMatchObject([
      {
        pooledNeed: { pooledNeedId },
        group: 'full',
        hoursPerWeek: 16,
        askedHoursPerWeek: 16,
        period: springTerm,
        shares: [
          { requestId: norbergs, hoursPerWeek: 8 },
          { requestId: fagerstas, hoursPerWeek: 8 },
        ],
      },
    ])
    const [match] = items
    expect(match?.factors).toHaveLength(9)
    // Nobody has as many inhabitants as they have on average, or is as near as its part of the round trip.
    const averaged = match?.factors.flatMap(({ factor, evidence }) =>
      'averageOf' in evidence && evidence.averageOf === 2 ? factor : [],
    )
    expect(averaged).toEqual(['place', 'small_municipality', 'give_take'])
    expect(match?.score).toBe(match?.factors.reduce((sum, { points }) => sum + points, 0))
    expect(match?.km).toBeLessThan(2 * (60 + 62))
    await expect(forOffer(norberg)).rejects.toEqual(refused('NOT_FOUND', 'offer.not_found'))
    await feed.offerWithdrawn(vasteras, id(1))
    expect(await forOffer(vasteras)).toEqual({ items: [] })
  })

  test('and their open pages are told when it comes to serve it, grows, and goes', async ({ feed, database }) => {
    await feed.offer(vasteras, { offerId: id(1), hoursPerWeek: 20, slice: 16 })
    await feed.match()
    const told: string[][] = []
    const connected = Promise.withResolvers<undefined>()
    await using listening = await listen(
      database.appUrl,
      'live',
      (message) => {
        const { organisations, noun } = Announcement.parse(JSON.parse(message))
        if (noun === 'pooled_need') told.push(organisations)
      },
      () => connected.resolve(undefined),
    )
    expect(listening).toBeDefined()
    await connected.promise
    const hears = async (change: Promise<unknown>) => {
      await change
      await expect.poll(() => told.length).toBe(1)
      return told.pop()?.includes(vasteras.organisationId)
    }
    const [norbergAs, fagerstaAs] = [feed.as(norberg), feed.as(fagersta)]
    const started = norbergAs.pooledNeed.start({ ...key(), requestIds: all })
    // One alone is less than its slice.
    expect(await hears(started)).toBe(false)
    const { pooledNeedId } = await started
    const fagerstasPart = { pooledNeedId, requestId: fagerstas }
    expect(await hears(fagerstaAs.pooledNeed.join({ ...key(), ...fagerstasPart }))).toBe(true)
    expect(await hears(fagerstaAs.pooledNeed.leave({ ...key(), ...fagerstasPart }))).toBe(true)
  })

  test('who has joined and the coordinator see which offers serve it; others see who has joined', async ({ feed }) => {
    const pooledNeedId = await pooled(feed)
    await feed.offer(vasteras, { offerId: id(1), hoursPerWeek: 24, travelKm: 100 })
    await feed.offer(vasteras, { offerId: id(2), hoursPerWeek: 24, mainCompetence: 'skoljurist' })
    await feed.match()
    for (const reader of [feed.as(kungsor), coordinator(feed)])
      expect((await reader.pooledNeed.get({ pooledNeedId })).matches).toMatchObject([{ offer: { offerId: id(1) } }])
    expect(await feed.as(vasteras).pooledNeed.get({ pooledNeedId })).toMatchObject({
      pooledNeed: { members: [{ joined: true }, { joined: true }, { joined: true }] },
      own: null,
      matches: [],
    })
    await expect(feed.as(vasteras).pooledNeed.get({ pooledNeedId: id(999) })).rejects.toEqual(
      refused('NOT_FOUND', 'pooled_need.not_found'),
    )
  })
})

test('a request that no offer covers is told which together cover most of it', async ({ feed }) => {
  const combination = async () => (await feed.as(norberg).match.forRequest({ requestId: norbergs })).combination
  await feed.offer(vasteras, { offerId: id(1), hoursPerWeek: 5 })
  await feed.match()
  expect(await combination()).toBeNull()
  await feed.offer(kungsor, { offerId: id(2), hoursPerWeek: 2, slice: 1 })
  await feed.match()
  // Norberg asks for at least four hours from each.
  expect(await combination()).toBeNull()
  await feed.requestChanged(norberg, { requestId: norbergs, least: 2 })
  await feed.match()
  expect(await combination()).toMatchObject({
    parts: [
      { offer: { offerId: id(1) }, hoursPerWeek: 5, period: springTerm, weeks: 22 },
      { offer: { offerId: id(2) }, hoursPerWeek: 2, period: springTerm, weeks: 22 },
    ],
    askedHours: 8 * 22,
    coveredHours: 7 * 22,
    open: { hoursPerWeek: 1, weeks: 22 },
  })
  await feed.offer(vasteras, { offerId: id(3), hoursPerWeek: 8 })
  await feed.match()
  expect(await combination()).toBeNull()
})
