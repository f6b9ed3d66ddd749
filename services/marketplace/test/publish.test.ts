import { OfferFacts, OfferItem, OfferView, RequestItem, RequestView } from '@samkraft/contracts/marketplace'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { z } from 'zod'
import * as offerConditions from '../src/db/migrations/0008-offer-conditions.ts'
import * as placesToldAnew from '../src/db/migrations/0010-places-told.ts'
import type { Schema } from '../src/db/schema.ts'
import { key, offerDetails, publishedOffer, publishedRequest, requestDetails } from './builders.ts'
import { kungsor, norberg, sala, test, vasteras } from './fixture.ts'

test('a draft is kept while it is typed, published, and then read by every party', async ({ as, onDay }) => {
  await onDay('2026-12-31')
  const api = as(vasteras)
  const begun = await api.offer.saveDraft({ ...key(), details: { mainCompetence: 'skolpsykolog', slice: 4 } })
  expect(begun).toMatchObject({ version: 1, status: 'draft', reference: null })

  const draft = await api.offer.draftGet({ offerId: begun.id })
  expect(draft.details).toMatchObject({ mainCompetence: 'skolpsykolog', slice: 4 })
  expect(Object.keys(draft.problems)).toEqual(
    expect.arrayContaining(['kind', 'licence', 'segments', 'place', 'costModel']),
  )

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

test('what an offer came with is known of each of its versions, also when it comes with something else', async ({
  as,
  owner,
}) => {
  const api = as(vasteras)
  const { id: offerId } = await publishedOffer(api, {
    costBasis: 'Resor ingår.',
    conditions: 'En lokal.',
    noticeWeeks: 4,
  })
  const told = async (version: number) => as(norberg).offer.conditions({ offerId, version })
  const first = { costBasis: 'Resor ingår.', conditions: 'En lokal.', noticeWeeks: 4, recallClause: null }
  const then = { costBasis: null, conditions: 'En lokal.', noticeWeeks: 12, recallClause: 'Vid sjukdom.' }
  await api.offer.change({ ...key(), offerId, version: 1, details: offerDetails({ ...first, title: 'Ny rubrik' }) })
  await api.offer.change({ ...key(), offerId, version: 2, details: offerDetails(then) })
  await api.offer.withdraw({ ...key(), offerId, version: 3 })
  expect(await told(1)).toEqual(first)
  expect(await told(2)).toEqual(first)
  expect(await told(3)).toEqual(then)
  expect(await told(4)).toEqual(then)
  // As it was before this was kept, and what the migration makes of it.
  const before = await owner.startTransaction().execute()
  await sql`drop table offer_conditions`.execute(before)
  await offerConditions.up<Schema>(before)
  const { rows } =
    await sql`select version, cost_basis, notice_weeks from offer_conditions where offer_id = ${offerId}`.execute(
      before,
    )
  await before.rollback().execute()
  expect(rows).toEqual([{ version: 4, cost_basis: null, notice_weeks: 12 }])
  const { id: draftId } = await api.offer.saveDraft({ ...key(), details: offerDetails() })
  await expect(api.offer.conditions({ offerId: draftId, version: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('with an offer is told since which version it comes with what it comes with', async ({ as, admin }) => {
  const api = as(vasteras)
  const { id: offerId } = await publishedOffer(api)
  const changed = (version: number, change: Parameters<typeof offerDetails>[0]) =>
    api.offer.change({ ...key(), offerId, version, details: offerDetails(change) })
  await changed(1, { title: 'Ny rubrik' })
  await api.offer.confirm({ ...key(), offerId, version: 2 })
  await changed(3, { noticeWeeks: 12 })
  await api.offer.pause({ ...key(), offerId, version: 4 })
  await api.offer.resume({ ...key(), offerId, version: 5 })
  await changed(6, { conditions: 'En lokal.', noticeWeeks: 12 })
  await changed(7, {})
  await changed(8, { costBasis: 'Resor ingår.' })
  const { rows } = await sql<{ version: number; since: number }>`
    select (data ->> 'version')::int as version, (data ->> 'conditionsVersion')::int as since
    from outbox where aggregate_id = ${offerId} and data ? 'version' order by position`.execute(admin)
  expect(rows.map(({ version, since }) => [version, since])).toEqual([
    [1, 1],
    [2, 1],
    [3, 1],
    [4, 4],
    [6, 4],
    [7, 7],
    [8, 8],
    [9, 9],
  ])
})

test('where it is is told as that municipality’s organisation, and as nothing where that is the owner’s own', async ({
  as,
  admin,
}) => {
  const placesTold = async (id: string) => {
    const events = admin
      .selectFrom('outbox')
      .select(['type', 'data'])
      .where('aggregate_id', '=', id)
      .orderBy('sequence')
    return (await events.execute()).map(({ data }) => data['placeOrganisationId'])
  }
  const api = as(sala)
  const { id: offerId } = await publishedOffer(api, { placeMunicipality: '1962' })
  await api.offer.confirm({ ...key(), offerId, version: 1 })
  await api.offer.change({ ...key(), offerId, version: 2, details: offerDetails({ placeMunicipality: '1981' }) })
  await api.offer.change({ ...key(), offerId, version: 3, details: offerDetails({ placeMunicipality: '1960' }) })
  expect(await placesTold(offerId)).toEqual([
    norberg.organisationId,
    norberg.organisationId,
    null,
    kungsor.organisationId,
  ])

  const details = requestDetails({ placeMunicipality: '1962' })
  const { id: requestId, version } = await api.request.saveDraft({ ...key(), details })
  await api.request.publish({ ...key(), requestId, version })
  await api.request.change({ ...key(), requestId, version: version + 1, details: requestDetails() })
  expect(await placesTold(requestId)).toEqual([norberg.organisationId, null])
})

test('what was open elsewhere before places were told is told of once more, with its place', async ({
  as,
  admin,
  owner,
}) => {
  const api = as(sala)
  const published = async (placeMunicipality: string | null) => {
    const { id } = await publishedOffer(api, { placeMunicipality })
    return id
  }
  const [open, own, unsaid, paused, withdrawn] = [
    await published('1962'),
    await published('1981'),
    await published(null),
    await published('1960'),
    await published('1960'),
  ]
  await api.offer.change({
    ...key(),
    offerId: open,
    version: 1,
    details: offerDetails({ placeMunicipality: '1962', slice: 2 }),
  })
  await api.offer.pause({ ...key(), offerId: paused, version: 1 })
  await api.offer.withdraw({ ...key(), offerId: withdrawn, version: 1 })
  const request = await publishedRequest(api, { placeMunicipality: '1962' })
  const all = [open, own, unsaid, paused, withdrawn, request.id]
  const newest = () =>
    admin
      .selectFrom('outbox')
      .select(['type', 'aggregate', 'aggregate_id', 'organisation_id', 'sequence', 'data', 'published_at'])
      .distinctOn('aggregate_id')
      .where('aggregate_id', 'in', all)
      .orderBy('aggregate_id')
      .orderBy('sequence', 'desc')
      .execute()
  const asTold = Object.fromEntries((await newest()).map((event) => [event.aggregate_id, event]))
  // As it was told before.
  await sql`update outbox set data = data - 'placeOrganisationId'`.execute(admin)
  const before = await newest()
  await placesToldAnew.up(owner)
  const after = Object.fromEntries((await newest()).map((event) => [event.aggregate_id, event]))
  for (const event of before) {
    const { aggregate_id: id, sequence } = event
    if (id === paused)
      expect(after[id]).toMatchObject({
        type: 'marketplace.offer_changed.v1',
        sequence: 3,
        data: { version: 2, placeOrganisationId: kungsor.organisationId },
      })
    else if (id === open || id === request.id) {
      const type = `marketplace.${event.aggregate}_changed.v1`
      expect(after[id]).toEqual({ ...asTold[id], type, sequence: sequence + 1 })
    } else expect(after[id]).toEqual(event)
  }
  // Told are facts as they are told today.
  expect(() => OfferFacts.parse(after[paused]?.data)).not.toThrow()
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

test('what is read is what the contract says, and nothing besides', async ({ as }) => {
  const offer = await publishedOffer(as(vasteras), { otherCompetences: ['logoped'], placeMunicipality: '1962' })
  const request = await publishedRequest(as(norberg), { preferredCompetences: ['logoped'] })
  const api = as(kungsor)
  const [offerView, requestView] = [
    await api.offer.get({ offerId: offer.id }),
    await api.request.get({ requestId: request.id }),
  ]
  expect(z.strictObject(OfferView.shape).parse(offerView)).toEqual(offerView)
  expect(z.strictObject(RequestView.shape).parse(requestView)).toEqual(requestView)
  const [offers, requests] = [await api.offer.list({}), await api.request.list({})]
  for (const item of offers.items) expect(z.strictObject(OfferItem.shape).parse(item)).toEqual(item)
  for (const item of requests.items) expect(z.strictObject(RequestItem.shape).parse(item)).toEqual(item)
  expect(offers.items.length * requests.items.length).toBeGreaterThan(0)
})

test('what everybody reads holds no personal number; a draft may, until it is published', async ({ as }) => {
  const api = as(norberg)
  const details = requestDetails({ ifNobodyHelps: 'Eleven 850101-1236 väntar på utredning.' })
  const { id, version } = await api.request.saveDraft({ ...key(), details })
  const { problems } = await api.request.draftGet({ requestId: id })
  expect(problems).toMatchObject({ ifNobodyHelps: { code: 'text.personal_number' } })
  await expect(api.request.publish({ ...key(), requestId: id, version })).rejects.toMatchObject({
    message: 'request.incomplete',
  })
  await expect(api.request.publish({ ...key(), details })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
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
