import type { Kysely } from 'kysely'
import { expect } from 'vitest'
import { startNewWeek } from '../src/app/start-new-week.ts'
import type { Schema } from '../src/db/schema.ts'
import { id, kungsor, norberg, springTerm, vasteras, weekly } from './builders.ts'
import { setToday, test } from './feed.ts'

/** When each request was looked through and each match written. */
async function traces(db: Kysely<Schema>) {
  const requests = await db.selectFrom('request').select(['request_id', 'computed_at']).execute()
  const matches = await db.selectFrom('match').select(['request_id', 'offer_id', 'computed_at', 'score']).execute()
  return {
    looked: new Map(requests.map((row) => [row.request_id, row.computed_at])),
    written: new Map(matches.map((row) => [`${row.request_id} ${row.offer_id}`, row])),
  }
}

const [psychologist, lawyer] = [id(101), id(102)]
const [asksPsychologist, asksLawyer] = [id(201), id(202)]

test.beforeEach(async ({ feed }) => {
  for (const owner of [vasteras, norberg, kungsor]) await feed.organisation(owner)
  await feed.offer(vasteras, { offerId: psychologist })
  await feed.offer(vasteras, { offerId: lawyer, mainCompetence: 'skoljurist' })
  await feed.request(norberg, { requestId: asksPsychologist })
  await feed.request(kungsor, { requestId: asksLawyer, requiredCompetences: ['skoljurist'], licenceRequired: false })
  await feed.match()
})

test('a changed offer touches only its own pairs', async ({ feed, db }) => {
  const before = await traces(db)
  await feed.offerChanged(vasteras, { offerId: psychologist, licence: 'claimed' })
  await feed.match()
  const after = await traces(db)
  const [own, other] = [`${asksPsychologist} ${psychologist}`, `${asksLawyer} ${lawyer}`]
  expect(after.written.get(own)?.score).toBe((before.written.get(own)?.score ?? 0) - 2)
  expect(after.written.get(other)).toEqual(before.written.get(other))
  // No request was looked through: one pair was scored.
  expect(after.looked).toEqual(before.looked)
})

test('a changed request touches only its own matches', async ({ feed, db }) => {
  const before = await traces(db)
  await feed.requestChanged(norberg, { requestId: asksPsychologist, hoursPerWeek: 20 })
  await feed.match()
  const after = await traces(db)
  expect(after.looked.get(asksPsychologist)).not.toEqual(before.looked.get(asksPsychologist))
  expect(after.looked.get(asksLawyer)).toEqual(before.looked.get(asksLawyer))
  expect(after.written.get(`${asksLawyer} ${lawyer}`)).toEqual(before.written.get(`${asksLawyer} ${lawyer}`))
})

test('a request that is looked through again without a difference keeps its matches as they were written', async ({
  feed,
  db,
}) => {
  const before = await traces(db)
  await feed.requestChanged(norberg, { requestId: asksPsychologist, version: 2 })
  await feed.match()
  const after = await traces(db)
  expect(after.looked.get(asksPsychologist)).not.toEqual(before.looked.get(asksPsychologist))
  expect(after.written).toEqual(before.written)
})

test('reserved hours reach those who compete for the offer, and nobody else', async ({ feed, db }) => {
  const before = await traces(db)
  await feed.reserved(vasteras, psychologist, weekly(springTerm, 6))
  await feed.match()
  const match = await feed.as(norberg).match.get({ requestId: asksPsychologist, offerId: psychologist })
  expect(match).toMatchObject({ group: 'partial', hoursPerWeek: 6 })
  await feed.released(vasteras, psychologist, weekly(springTerm, 16))
  await feed.match()
  const again = await feed.as(norberg).match.get({ requestId: asksPsychologist, offerId: psychologist })
  expect(again).toMatchObject({ group: 'full', hoursPerWeek: 8 })
  expect((await traces(db)).looked).toEqual(before.looked)
})

test('what is closed disappears at once, also before its matches are gone', async ({ feed, db }) => {
  await feed.offerWithdrawn(vasteras, psychologist)
  const open = () => feed.as(norberg).match.forRequest({ requestId: asksPsychologist })
  expect((await open()).groups.full).toEqual([])
  await feed.match()
  expect((await open()).groups.full).toEqual([])
  expect(await db.selectFrom('match').select('offer_id').where('offer_id', '=', psychologist).execute()).toEqual([])
  await feed.offerChanged(vasteras, { offerId: psychologist, hoursPerWeek: 20 })
  await feed.match()
  expect((await open()).groups.full).toEqual([])
  await feed.offer(vasteras, { offerId: psychologist })
  await feed.match()
  expect((await open()).groups.full).toHaveLength(1)
})

test('a withdrawn request loses its matches', async ({ feed, db }) => {
  await feed.requestWithdrawn(norberg, asksPsychologist)
  await feed.match()
  expect(await db.selectFrom('match').selectAll().where('request_id', '=', asksPsychologist).execute()).toEqual([])
  expect((await feed.as(vasteras).match.forOffer({ offerId: psychologist })).items).toEqual([])
})

test('a request covered in full has no matches, and gets them back when hours are released', async ({ feed }) => {
  await feed.covered(norberg, asksPsychologist, weekly(springTerm, 0))
  await feed.match()
  const open = () => feed.as(norberg).match.forRequest({ requestId: asksPsychologist })
  expect((await open()).groups.full).toEqual([])
  await feed.covered(norberg, asksPsychologist, weekly(springTerm, 8))
  await feed.match()
  expect((await open()).groups.full).toHaveLength(1)
})

test('an organisation that moves has its requests and offers matched again, and no others', async ({ feed, db }) => {
  const before = await traces(db)
  await feed.organisation({ ...norberg, position: vasteras.position })
  await feed.match()
  const after = await traces(db)
  expect(after.written.get(`${asksPsychologist} ${psychologist}`)?.score).toBe(
    (before.written.get(`${asksPsychologist} ${psychologist}`)?.score ?? 0) + 8,
  )
  expect(after.looked.get(asksLawyer)).toEqual(before.looked.get(asksLawyer))
  await feed.organisation({ ...vasteras, position: null })
  await feed.match()
  const match = await feed.as(norberg).match.get({ requestId: asksPsychologist, offerId: psychologist })
  expect(match.km).toBeNull()
})

test('an event told twice has one effect', async ({ feed }) => {
  const event = await feed.offerChanged(vasteras, { offerId: psychologist, licence: 'none' })
  await feed.match()
  expect(await feed.again(event)).toBe('repeated')
  expect(await feed.match()).toBe(0)
})

test('no more than fifty are kept, the best of them, whatever came first', async ({ feed, db }) => {
  const prices = Array.from({ length: 54 }, (_, index) => 100_000 - ((index * 37) % 54) * 1_000)
  for (const [index, orePerHour] of prices.entries())
    await feed.offer(vasteras, { offerId: id(1_000 + index), mainCompetence: 'logoped', orePerHour })
  const asks = { requestId: id(203), requiredCompetences: ['logoped'], highestOrePerHour: 60_000 }
  await feed.request(norberg, asks)
  await feed.match()
  const kept = () =>
    db.selectFrom('match').select(['offer_id', 'score']).where('request_id', '=', id(203)).orderBy('offer_id').execute()
  const atOnce = await kept()
  expect(atOnce).toHaveLength(50)
  expect((await feed.as(norberg).match.forRequest({ requestId: id(203) })).more).toBe(true)

  await feed.requestWithdrawn(norberg, id(203))
  await feed.match()
  for (const index of prices.keys()) await feed.offerWithdrawn(vasteras, id(1_000 + index))
  await feed.request(norberg, asks)
  await feed.match()
  for (const [index, orePerHour] of prices.entries()) {
    await feed.offer(vasteras, { offerId: id(1_000 + index), mainCompetence: 'logoped', orePerHour })
    if (index % 6 === 0 || index > 48) await feed.match()
  }
  await feed.match()
  expect(await kept()).toEqual(atOnce)
})

test('when one of the fifty goes, the next best takes its place', async ({ feed, db }) => {
  for (let index = 0; index < 52; index += 1)
    await feed.offer(vasteras, { offerId: id(1_000 + index), mainCompetence: 'logoped' })
  await feed.request(norberg, { requestId: id(203), requiredCompetences: ['logoped'] })
  await feed.match()
  await feed.offerWithdrawn(vasteras, id(1_000))
  await feed.match()
  const rows = await db.selectFrom('match').select('offer_id').where('request_id', '=', id(203)).execute()
  expect(rows).toHaveLength(50)
  expect(rows.map(({ offer_id }) => offer_id)).toContain(id(1_050))
})

test('at most five near misses are kept', async ({ feed }) => {
  for (let index = 0; index < 8; index += 1)
    await feed.offer(vasteras, { offerId: id(1_000 + index), mainCompetence: 'skolkurator', licence: 'none' })
  await feed.request(norberg, { requestId: id(203), requiredCompetences: ['trygghet'], licenceRequired: false })
  await feed.match()
  const { groups, more } = await feed.as(norberg).match.forRequest({ requestId: id(203) })
  expect(groups.near).toHaveLength(5)
  expect(more).toBe(false)
})

test('weeks gone by are no longer counted, once the sweep has come', async ({ db, admin, feed }) => {
  await setToday(admin, '2026-12-07')
  await startNewWeek(feed.services)
  expect(await feed.match()).toBe(0)
  await setToday(admin, '2027-04-22')
  await startNewWeek(feed.services)
  expect(await feed.match()).toBe(2)
  await startNewWeek(feed.services)
  expect(await feed.match()).toBe(0)
  const match = await feed.as(norberg).match.get({ requestId: asksPsychologist, offerId: psychologist })
  expect(match.period).toEqual({ from: '2027-04-19', to: '2027-06-12' })
  expect(match.factors.find(({ factor }) => factor === 'period')).toMatchObject({
    evidence: { weeks: 8, askedWeeks: 8 },
  })
  expect((await traces(db)).written.size).toBe(2)
})

test('an organisation that was known without its name takes it when it is told of again, and nothing is matched anew', async ({
  feed,
  db,
  admin,
}) => {
  await admin.updateTable('organisation').set({ short_name: '' }).execute()
  const nameOfNorberg = () =>
    db.selectFrom('organisation').select('short_name').where('organisation_id', '=', norberg.organisationId)
  await feed.organisation(norberg, '19', 'Norberg')
  expect(await nameOfNorberg().execute()).toEqual([{ short_name: 'Norberg' }])
  const behind = db.selectFrom('request').select('request_id').where('stale_since', 'is not', null)
  expect(await behind.execute()).toEqual([])
})
