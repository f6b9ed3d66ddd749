import { expect } from 'vitest'
import { key, offerDetails, publishedOffer, requestDetails } from './builders.ts'
import { kungsor, norberg, test, vasteras } from './fixture.ts'

test('a draft is kept while it is typed, published, and then read by every party', async ({ as, onDay }) => {
  await onDay('2026-12-31')
  const api = as(vasteras)
  const begun = await api.offer.saveDraft({ ...key(), details: { mainCompetence: 'skolpsykolog', slice: 4 } })
  expect(begun).toMatchObject({ version: 1, status: 'draft', reference: null })

  const draft = await api.offer.draftGet({ offerId: begun.id })
  expect(draft.details).toMatchObject({ mainCompetence: 'skolpsykolog', slice: 4 })
  expect(Object.keys(draft.problems)).toEqual(expect.arrayContaining(['kind', 'segments', 'place', 'costModel']))

  const saved = await api.offer.saveDraft({ ...key(), offerId: begun.id, version: 1, details: offerDetails() })
  expect((await api.offer.draftGet({ offerId: begun.id })).problems).toEqual({})

  const published = await api.offer.publish({ ...key(), offerId: begun.id, version: saved.version })
  expect(published).toMatchObject({ id: begun.id, version: 3, status: 'published', reference: 'VÄSTERÅS-2026-E001' })

  const read = await as(norberg, 'registrar').offer.get({ offerId: begun.id })
  expect(read).toMatchObject({
    reference: 'VÄSTERÅS-2026-E001',
    owner: { shortName: 'Västerås', countyCode: '19' },
    mainCompetence: { slug: 'skolpsykolog', sv: 'Skolpsykolog', group: 'elevhalsa' },
    hoursPerWeek: 16,
    mostLeft: 16,
    left: [{ fromWeek: '2027-01-11', toWeek: '2027-06-14', hoursPerWeek: 16 }],
    stale: false,
  })
  const { items } = await as(norberg).offer.list({})
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ id: begun.id, period: { from: '2027-01-11', to: '2027-06-12' } })
})

test('what is published is told once, with its audit entry', async ({ as, admin }) => {
  const { id } = await publishedOffer(as(vasteras))
  const events = await admin
    .selectFrom('outbox')
    .select(['type', 'sequence', 'data'])
    .where('aggregate_id', '=', id)
    .execute()
  expect(events).toMatchObject([
    { type: 'marketplace.offer_published.v1', sequence: 1, data: { offerId: id, slice: 4 } },
  ])
  const { items } = await as(vasteras).audit.list({ subjectId: id })
  expect(items).toMatchObject([{ command: 'offer.publish', after: { status: 'published', version: 1 } }])
})

test('a request is published the same way', async ({ as }) => {
  const { id, reference } = await as(norberg).request.publish({ ...key(), details: requestDetails() })
  expect(reference).toMatch(/^NORBERG-\d{4}-B001$/)
  expect(await as(vasteras).request.get({ requestId: id })).toMatchObject({
    coverage: 'uncovered',
    requiredCompetences: [{ slug: 'skolpsykolog' }],
    cause: 'vacancy',
  })
})

test('references count up without a gap, also past what is refused', async ({ as }) => {
  const api = as(kungsor)
  await publishedOffer(api)
  await expect(publishedOffer(api, { mainCompetence: 'trollkarl' })).rejects.toThrow('offer.incomplete')
  const many = await Promise.all(Array.from({ length: 8 }, () => publishedOffer(api)))
  expect(many.map(({ reference }) => reference?.slice(-4)).sort()).toEqual(
    Array.from({ length: 8 }, (_, index) => `E00${index + 2}`),
  )
})
