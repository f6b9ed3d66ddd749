import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { describe, expect } from 'vitest'
import { places } from '../src/db/migrations/0013-places.ts'
import type { Schema } from '../src/db/schema.ts'
import { id, kungsor, norberg, region, vasteras } from './builders.ts'
import { coordinating } from './coordinating.ts'
import { type Feed, feeding, test } from './feed.ts'

const [offerId, requestId] = [id(1), id(2)]
const atNorberg = { placeOrganisationId: norberg.organisationId }
const atKungsor = { placeOrganisationId: kungsor.organisationId }

const placeOf = async (feed: Feed) => {
  const match = await feed.as(vasteras).match.get({ requestId, offerId })
  const place = match.factors.find(({ factor }) => factor === 'place')
  return { score: match.score, km: match.km, points: place?.points, evidence: place?.evidence }
}

/** When each request was looked through, and each match written. */
async function traces(db: Kysely<Schema>) {
  const requests = await db.selectFrom('request').select(['request_id', 'computed_at']).execute()
  const matches = await db.selectFrom('match').select(['request_id', 'offer_id', 'computed_at']).execute()
  return {
    looked: new Map(requests.map((row) => [row.request_id, row.computed_at])),
    written: new Map(matches.map((row) => [`${row.request_id} ${row.offer_id}`, row.computed_at])),
  }
}

test.beforeEach(async ({ feed }) => {
  for (const owner of [vasteras, norberg, kungsor, region]) await feed.organisation(owner)
})

describe('how far it is', () => {
  test('is counted from where the offer sets out to where the request is, and says so', async ({ feed }) => {
    await feed.offer(vasteras)
    await feed.request(region)
    await feed.match()
    // The seat of the region is in Västerås.
    const inVasteras = await placeOf(feed)
    expect(inVasteras).toMatchObject({ km: 0, points: 15 })
    expect(inVasteras.evidence).not.toHaveProperty('between')

    await feed.requestChanged(region, atNorberg)
    await feed.match()
    const elsewhere = await placeOf(feed)
    expect(elsewhere).toMatchObject({
      score: inVasteras.score - 8,
      km: 60,
      points: 7,
      evidence: { km: 60, between: { from: vasteras.organisationId, to: norberg.organisationId } },
    })

    await feed.offerChanged(vasteras, atNorberg)
    await feed.match()
    expect(await placeOf(feed)).toMatchObject({
      score: inVasteras.score,
      km: 0,
      evidence: { between: { from: norberg.organisationId, to: norberg.organisationId } },
    })

    await feed.requestChanged(region, { placeOrganisationId: null })
    await feed.offerChanged(vasteras, { placeOrganisationId: null })
    await feed.match()
    expect(await placeOf(feed)).toEqual(inVasteras)
  })

  test('is not known while the municipality is not, and is once it has been told of', async ({ feed }) => {
    const sala = { ...norberg, organisationId: id(1981) }
    await feed.offer(vasteras)
    await feed.request(region, { placeOrganisationId: sala.organisationId })
    await feed.match()
    expect(await placeOf(feed)).toMatchObject({ km: null, points: 8 })
    await feed.organisation(sala)
    await feed.match()
    expect(await placeOf(feed)).toMatchObject({ km: 60, points: 7 })
  })

  test('decides which offers a request keeps, by where they set out from', async ({ feed, db }) => {
    for (let number = 0; number < 60; number += 1) {
      const near = number % 6 === 0 ? atNorberg : {}
      await feed.offer(vasteras, { offerId: id(1_000 + number), mainCompetence: 'logoped', ...near })
    }
    await feed.request(kungsor, { requestId, requiredCompetences: ['logoped'], ...atNorberg })
    await feed.match()
    const kept = await db.selectFrom('match').select('km').where('request_id', '=', requestId).execute()
    expect(kept.filter(({ km }) => km === 0)).toHaveLength(10)
    expect(kept.filter(({ km }) => km === 60)).toHaveLength(40)
  })
})

describe('a changed place', () => {
  const [lawyer, asksLawyer] = [id(11), id(12)]

  test.beforeEach(async ({ feed }) => {
    await feed.offer(vasteras)
    await feed.request(region, atNorberg)
    await feed.offer(vasteras, { offerId: lawyer, mainCompetence: 'skoljurist' })
    await feed.request(kungsor, { requestId: asksLawyer, requiredCompetences: ['skoljurist'], licenceRequired: false })
    await feed.match()
  })

  test('of an offer touches its own pairs only', async ({ feed, db }) => {
    const before = await traces(db)
    await feed.offerChanged(vasteras, atKungsor)
    await feed.match()
    const after = await traces(db)
    expect((await placeOf(feed)).km).toBe(72)
    expect(after.looked).toEqual(before.looked)
    const [own, other] = [`${requestId} ${offerId}`, `${asksLawyer} ${lawyer}`]
    expect(after.written.get(own)).not.toEqual(before.written.get(own))
    expect(after.written.get(other)).toEqual(before.written.get(other))
  })

  test('of a request touches its own matches only', async ({ feed, db }) => {
    const before = await traces(db)
    await feed.requestChanged(region, atKungsor)
    await feed.match()
    const after = await traces(db)
    expect((await placeOf(feed)).km).toBe(34)
    expect(after.looked.get(asksLawyer)).toEqual(before.looked.get(asksLawyer))
    expect(after.written.get(`${asksLawyer} ${lawyer}`)).toEqual(before.written.get(`${asksLawyer} ${lawyer}`))
  })

  test('as when the municipality moves, touches what is there, whoever owns it', async ({ feed, db }) => {
    await feed.offerChanged(vasteras, atNorberg)
    await feed.match()
    const before = await traces(db)
    await feed.organisation({ ...norberg, position: null })
    await feed.match()
    const after = await traces(db)
    expect((await placeOf(feed)).km).toBeNull()
    expect(after.looked.get(asksLawyer)).toEqual(before.looked.get(asksLawyer))
    expect(after.written.get(`${asksLawyer} ${lawyer}`)).toEqual(before.written.get(`${asksLawyer} ${lawyer}`))
  })

  test('stays when only the hours left change', async ({ feed }) => {
    await feed.offerChanged(vasteras, atKungsor)
    await feed.reserved(vasteras, offerId, [{ fromWeek: '2027-01-11', toWeek: '2027-06-14', hoursPerWeek: 6 }])
    await feed.covered(region, requestId, [{ fromWeek: '2027-01-11', toWeek: '2027-06-14', hoursPerWeek: 6 }])
    await feed.match()
    expect((await placeOf(feed)).km).toBe(72)
  })
})

test('a pooled need is travelled between where its requests are, from where the offer sets out', async ({ feed }) => {
  await feed.request(norberg, { requestId })
  await feed.request(region, { requestId: id(3), ...atNorberg })
  await feed.match()
  const { pooledNeedId } = await feed
    .as(norberg)
    .pooledNeed.start({ commandKey: randomUUID(), requestIds: [requestId, id(3)] })
  await feed.as(region).pooledNeed.join({ commandKey: randomUUID(), pooledNeedId, requestId: id(3) })
  expect((await feed.as(norberg).pooledNeed.get({ pooledNeedId })).pooledNeed.km).toBe(0)
  await feed.offer(vasteras)
  const served = async () => (await feed.as(vasteras).pooledNeed.forOffer({ offerId })).items[0]
  expect(await served()).toMatchObject({ km: 120 })
  await feed.offerChanged(vasteras, atKungsor)
  expect(await served()).toMatchObject({
    km: 144,
    offer: { placeOrganisationId: kungsor.organisationId },
    pooledNeed: { members: [{ placeOrganisationId: null }, { placeOrganisationId: norberg.organisationId }] },
  })
  await feed.requestChanged(region, { requestId: id(3), ...atKungsor })
  expect(await served()).toMatchObject({ km: 144 })
  expect((await feed.as(norberg).pooledNeed.get({ pooledNeedId })).pooledNeed.km).toBe(144)
})

test('a plan counts its journeys between the places, also of what is not matched yet', async ({ feed }) => {
  const { plan, computed, rows } = coordinating(feed, region)
  await feed.offer(vasteras, { place: 'on_site' })
  await feed.request(region, { ...atNorberg })
  await feed.match()
  const kmPerWeek = async (planId: string) => (await plan.get({ planId })).alternatives[0]?.figures.kmPerWeek
  const matched = await computed()
  expect(await rows(matched)).toMatchObject([{ borrowerId: region.organisationId, km: 60 }])
  expect(await kmPerWeek(matched)).toBe(2 * 60)
  await feed.requestChanged(region, { ...atKungsor })
  const behind = await computed()
  expect(await rows(behind)).toMatchObject([{ km: 34 }])
  expect(await kmPerWeek(behind)).toBe(2 * 34)
})

test('what was kept before places were told counts as at its owner’s until it is told of anew', async ({
  feed,
  db,
  owner,
  admin,
}) => {
  await feed.offer(vasteras)
  await feed.request(norberg)
  const kept = ['offer', 'request', 'offer_competence'] as const
  // As it was before, and what the migration makes of it.
  const before = await owner.startTransaction().execute()
  for (const table of kept) await sql`alter table ${sql.table(table)} drop column place_organisation_id`.execute(before)
  await places.up(before)
  await before.commit().execute()
  for (const table of kept)
    expect(await admin.selectFrom(table).select('place_organisation_id').execute()).toEqual([
      { place_organisation_id: null },
    ])
  await feed.match()
  const counted = await placeOf(feed)
  expect(counted.km).toBe(60)
  // From the events alone it becomes the same.
  for (const table of ['offer', 'request', 'inbox'] as const) await admin.deleteFrom(table).execute()
  expect(await db.selectFrom('match').select('km').execute()).toEqual([])
  const again = feeding(db)
  await again.offer(vasteras)
  await again.request(norberg)
  await again.match()
  expect(await placeOf(again)).toEqual(counted)
  await again.requestChanged(norberg, atKungsor)
  await again.match()
  expect((await placeOf(again)).km).toBe(34)
})
