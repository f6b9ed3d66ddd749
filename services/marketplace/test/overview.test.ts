import { randomUUID } from 'node:crypto'
import { asOrganisation } from '@samkraft/db'
import { expect } from 'vitest'
import { closeWhatIsOver } from '../src/app/close-what-is-over.ts'
import { keepOrganisation } from '../src/app/keep-organisation.ts'
import { loadVocabulary } from '../src/app/load-vocabulary.ts'
import { key, publishedOffer, publishedRequest, spring } from './builders.ts'
import { kungsor, norberg, organisations, sala, test, vasteras } from './fixture.ts'

test('the county shows who offers and who lacks, in hours over the weeks asked for', async ({ as, onDay }) => {
  await onDay('2026-11-23')
  await publishedOffer(as(vasteras))
  await publishedOffer(as(vasteras), {
    mainCompetence: 'logoped',
    segments: [{ period: { from: '2027-01-11', to: '2027-01-23' }, hoursPerWeek: 10 }],
  })
  await publishedRequest(as(norberg))
  const whole = await as(sala).market.summary({ county: '19' })
  expect(whole.fromWeek).toBe('2026-11-23')
  expect(whole.rows.map(({ organisation }) => organisation.shortName)).toEqual(
    organisations.map(({ shortName }) => shortName).sort((a, b) => a.localeCompare(b, 'sv')),
  )
  const of = ({ organisationId }: typeof norberg, { rows }: typeof whole) =>
    rows.find(({ organisation }) => organisation.id === organisationId)
  expect(of(vasteras, whole)).toMatchObject({ offers: 2, requests: 0, hoursOffered: 22 * 16 + 2 * 10, hoursLeft: 372 })
  expect(of(norberg, whole)).toMatchObject({ offers: 0, requests: 1, hoursAsked: 176, hoursUncovered: 176 })
  expect(of(kungsor, whole)).toMatchObject({ offers: 0, requests: 0, hoursOffered: 0, hoursAsked: 0 })

  const twoWeeks = await as(sala).market.summary({ county: '19', period: { from: '2027-01-20', to: '2027-01-30' } })
  expect(twoWeeks).toMatchObject({ fromWeek: '2027-01-18', toWeek: '2027-02-01' })
  expect(of(vasteras, twoWeeks)).toMatchObject({ hoursOffered: 2 * 16 + 10 })
  expect((await as(sala).market.summary({ county: '01' })).rows).toEqual([])
})

test('what is published tells its heading and reference to all, and a draft tells nothing', async ({ as }) => {
  const named = await publishedOffer(as(vasteras), { title: 'Utredningar på lågstadiet' })
  const request = await publishedRequest(as(norberg))
  const draft = await as(norberg).request.saveDraft({ ...key(), details: { title: 'Inte klart' } })
  const ids = [named.id, request.id, draft.id, randomUUID()]
  const { items } = await as(sala).market.headings({ ids })
  expect(items.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))).toEqual([
    { id: named.id, title: 'Utredningar på lågstadiet', reference: named.reference },
    { id: request.id, title: null, reference: request.reference },
  ])
})

test('what waits for the organisation comes in the order it is due', async ({ as, onDay, services }) => {
  await onDay('2027-01-01')
  const api = as(kungsor)
  const confirmSoon = await publishedOffer(api, { confirmedUntil: '2027-05-10' })
  const unconfirmed = await publishedOffer(api, { confirmedUntil: '2027-04-30' })
  await publishedOffer(api, {
    confirmedUntil: '2027-06-30',
    segments: [{ period: { from: '2027-01-11', to: '2027-12-18' }, hoursPerWeek: 16 }],
  })
  const expiring = await publishedRequest(api, { openUntil: '2027-05-05' })
  await publishedRequest(api)
  // What has no hours has none left, and is open all the same.
  const material = await publishedOffer(api, {
    kind: 'material',
    segments: [],
    slice: null,
    openUntil: '2027-05-07',
    confirmedUntil: '2027-12-31',
  })
  const draft = await api.request.saveDraft({ ...key(), details: { requiredCompetences: ['tolk'] } })
  await onDay('2027-05-01')
  await closeWhatIsOver(services, new AbortController().signal)

  const { items, next } = await api.task.list({})
  expect(items.map(({ kind, id, until }) => [kind, id, until])).toEqual([
    ['offer_unconfirmed', unconfirmed.id, '2027-04-30'],
    ['request_expiring', expiring.id, '2027-05-05'],
    ['offer_expiring', material.id, '2027-05-07'],
    ['offer_to_confirm', confirmSoon.id, '2027-05-10'],
    ['request_draft', draft.id, null],
  ])
  expect(next).toBeNull()
  expect(items[0]).toMatchObject({
    version: 1,
    competence: { sv: 'Skolpsykolog' },
    noun: 'offer',
    since: '2027-04-30T22:00:00.000000Z',
  })
  expect(items[4]).toMatchObject({ reference: null, competence: { sv: 'Tolk' } })
  const first = await api.task.list({ limit: 4 })
  expect((await api.task.list({ limit: 4, cursor: first.next ?? '' })).items.map(({ id }) => id)).toEqual([draft.id])
  expect((await as(sala).task.list({})).items).toEqual([])
})

test("an organisation's new name and county show on all it has published, which is found by it", async ({
  as,
  services,
  db,
}) => {
  const { id: offerId } = await publishedOffer(as(sala))
  const { id: requestId } = await publishedRequest(as(sala))
  const renamed = { ...sala, name: 'Sala bergstad', countyCode: '03' }
  await asOrganisation(services.db, sala.organisationId, (tx) => keepOrganisation(tx, renamed))
  expect(await as(norberg).offer.get({ offerId })).toMatchObject({ owner: { name: 'Sala bergstad', countyCode: '03' } })
  expect(await as(norberg).request.get({ requestId })).toMatchObject({ owner: { name: 'Sala bergstad' } })
  expect((await as(norberg).offer.list({ counties: ['03'] })).items.map(({ id }) => id)).toEqual([offerId])
  expect((await as(norberg).offer.list({ text: 'bergstad' })).items.map(({ id }) => id)).toEqual([offerId])
  await asOrganisation(db, sala.organisationId, (tx) => keepOrganisation(tx, sala))
  expect((await as(norberg).offer.list({ counties: ['03'] })).items).toEqual([])
})

test('one whose organisation has not arrived yet is asked to wait a moment', async ({ as }) => {
  const newcomer = { ...norberg, organisationId: randomUUID() }
  await expect(publishedOffer(as(newcomer))).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
})

test('loading the vocabulary again changes nothing', async ({ db }) => {
  const stamp = () => db.selectFrom('vocabulary_source').select(['hash', 'loaded_at']).executeTakeFirst()
  const before = await stamp()
  const [first, second] = await Promise.all([loadVocabulary(db), loadVocabulary(db)])
  expect(first.size).toBe(93)
  expect(second).toEqual(first)
  expect(await stamp()).toEqual(before)
})

test('a newer vocabulary replaces the words, and keeps what offers name', async ({ as, db, owner }) => {
  const { id: offerId } = await publishedOffer(as(vasteras), { segments: [{ period: spring, hoursPerWeek: 4 }] })
  await owner.updateTable('vocabulary_source').set({ hash: 'older' }).execute()
  await owner
    .insertInto('competence')
    .values({
      slug: 'borttagen',
      group_slug: 'elevhalsa',
      sv: 'Borttagen',
      en: 'Removed',
      licence: null,
      route_key: null,
      route: null,
      position: 94,
    })
    .execute()
  const vocabulary = await loadVocabulary(db)
  expect(vocabulary.has('borttagen')).toBe(true)
  expect(vocabulary.get('skolpsykolog')).toMatchObject({ sv: 'Skolpsykolog' })
  expect(await as(norberg).offer.get({ offerId })).toMatchObject({ mainCompetence: { slug: 'skolpsykolog' } })
})
