import { randomUUID } from 'node:crypto'
import {
  approvalRequested,
  arrangementApproved,
  arrangementDeclined,
  arrangementEndDecided,
  arrangementEnded,
  type ArrangementFacts,
} from '@samkraft/contracts/arrangements'
import { asOrganisation } from '@samkraft/db'
import type { Kysely } from 'kysely'
import { expect } from 'vitest'
import { closeWhatIsOver } from '../src/app/close-what-is-over.ts'
import { keepOrganisation } from '../src/app/keep-organisation.ts'
import type { Schema } from '../src/db/schema.ts'
import { key, offerDetails, publishedOffer, publishedRequest, spring } from './builders.ts'
import { kungsor, norberg, organisations, sala, test, vasteras } from './fixture.ts'

function arrangement(offerId: string, requestId: string, hoursPerWeek: number, borrower = norberg): ArrangementFacts {
  const share = { organisationId: borrower.organisationId, requestId, period: spring, hoursPerWeek }
  return { arrangementId: randomUUID(), offerId, lenderId: vasteras.organisationId, shares: [share] }
}

function told(admin: Kysely<Schema>, aggregateId: string) {
  return admin
    .selectFrom('outbox')
    .select(['type', 'data'])
    .where('aggregate_id', '=', aggregateId)
    .orderBy('sequence')
    .execute()
}

test('approved hours are held, the offer shows what is left and the request what it still lacks', async ({
  as,
  arrives,
  admin,
}) => {
  const offer = await publishedOffer(as(vasteras))
  const request = await publishedRequest(as(norberg))
  const facts = arrangement(offer.id, request.id, 6)
  await arrives(approvalRequested, facts)

  const left = [{ fromWeek: '2027-01-11', toWeek: '2027-06-14', hoursPerWeek: 10 }]
  expect(await as(kungsor).offer.get({ offerId: offer.id })).toMatchObject({ left, mostLeft: 10 })
  expect(await as(kungsor).request.get({ requestId: request.id })).toMatchObject({
    coverage: 'partly_covered',
    mostLeft: 2,
  })
  const { weeks } = await as(kungsor).ledger.get({ offerId: offer.id })
  expect(weeks).toHaveLength(22)
  expect(weeks[0]).toEqual({ week: '2027-01-11', offered: 16, reserved: 6, agreed: 0, left: 10 })

  await arrives(arrangementApproved, facts)
  const after = await as(kungsor).ledger.get({ offerId: offer.id })
  expect(after.weeks[0]).toMatchObject({ reserved: 0, agreed: 6, left: 10 })

  expect((await told(admin, offer.id)).at(-1)).toMatchObject({
    type: 'marketplace.capacity_reserved.v1',
    data: { arrangementId: facts.arrangementId, left },
  })
  expect((await told(admin, request.id)).at(-1)).toMatchObject({ type: 'marketplace.request_coverage_changed.v1' })
})

test('the own are listed with what is left in the week with least and in the one with most', async ({
  as,
  arrives,
}) => {
  const offer = await publishedOffer(as(vasteras))
  const request = await publishedRequest(as(norberg))
  const facts = arrangement(offer.id, request.id, 6)
  const winter = { from: spring.from, to: '2027-03-01' }
  await arrives(approvalRequested, {
    ...facts,
    shares: facts.shares.map((share) => ({ ...share, period: winter })),
  })
  const [offers, requests] = [await as(vasteras).offer.mine({}), await as(norberg).request.mine({})]
  expect(offers.items.find(({ id }) => id === offer.id)).toMatchObject({ leastLeft: 10, mostLeft: 16 })
  expect(requests.items.find(({ id }) => id === request.id)).toMatchObject({ leastLeft: 2, mostLeft: 8 })
})

test('weeks that are gone by are neither left nor lacking', async ({ as, services, arrives, onDay }) => {
  await onDay('2027-01-12')
  const { id: offerId } = await publishedOffer(as(vasteras), { mainCompetence: 'tolk' })
  const { id: requestId } = await publishedRequest(as(norberg), { requiredCompetences: ['tolk'] })
  const all = arrangement(offerId, requestId, 16)
  const fromMarch = {
    ...all,
    shares: all.shares.map((share) => ({ ...share, period: { ...spring, from: '2027-03-01' } })),
  }
  await arrives(approvalRequested, fromMarch)
  const shown = async () => {
    await closeWhatIsOver(services, new AbortController().signal)
    const [offers, requests] = [
      await as(sala).offer.list({ text: 'tolk' }),
      await as(sala).request.list({ text: 'tolk' }),
    ]
    const [mine] = (await as(vasteras).offer.mine({})).items
    return [
      offers.items[0]?.mostLeft,
      mine?.leastLeft,
      mine?.mostLeft,
      requests.items[0]?.mostLeft,
      requests.items[0]?.coverage,
    ]
  }
  expect(await shown()).toEqual([16, 0, 16, 8, 'partly_covered'])
  // The last day of the week before.
  await onDay('2027-02-28')
  expect(await shown()).toEqual([16, 0, 16, 8, 'partly_covered'])
  await onDay('2027-03-01')
  expect(await shown()).toEqual([0, 0, 0, 0, 'covered'])
  const { left } = await as(sala).offer.get({ offerId })
  expect(left.map(({ hoursPerWeek }) => hoursPerWeek)).toEqual([16, 0])
})

test('the same event twice holds once', async ({ as, arrives }) => {
  const offer = await publishedOffer(as(vasteras))
  const facts = arrangement(offer.id, randomUUID(), 6)
  const event = await arrives(approvalRequested, facts)
  expect(await arrives.again(event)).toBe('repeated')
  expect(await as(kungsor).offer.get({ offerId: offer.id })).toMatchObject({ mostLeft: 10 })
})

test('an attempt to take more than is left is refused with the week, and nothing is held', async ({
  as,
  arrives,
  admin,
}) => {
  const offer = await publishedOffer(as(vasteras))
  await arrives(approvalRequested, arrangement(offer.id, randomUUID(), 6))
  const request = await publishedRequest(as(kungsor))
  await arrives(approvalRequested, arrangement(offer.id, request.id, 12, kungsor))
  expect((await told(admin, offer.id)).at(-1)).toMatchObject({
    type: 'marketplace.capacity_refused.v1',
    data: { reason: 'not_enough', shortfall: { week: '2027-01-11', left: 10, asked: 12 } },
  })
  expect(await as(kungsor).request.get({ requestId: request.id })).toMatchObject({ coverage: 'uncovered' })
  expect(await as(kungsor).offer.get({ offerId: offer.id })).toMatchObject({ mostLeft: 10 })
})

test('all shares of an arrangement are held, or none', async ({ as, arrives }) => {
  const offer = await publishedOffer(as(vasteras))
  const facts = arrangement(offer.id, randomUUID(), 10)
  const [share] = facts.shares
  await arrives(approvalRequested, {
    ...facts,
    shares: [...facts.shares, { ...share, requestId: randomUUID(), hoursPerWeek: 8 }],
  } as ArrangementFacts)
  expect(await as(kungsor).offer.get({ offerId: offer.id })).toMatchObject({ mostLeft: 16 })
})

test('an offer that is paused, or past its last day for proposals, gives its hours to what was proposed in time', async ({
  as,
  services,
  arrives,
  admin,
  onDay,
}) => {
  await onDay('2026-12-04')
  const paused = await publishedOffer(as(vasteras))
  await as(vasteras).offer.pause({ ...key(), offerId: paused.id, version: 1 })
  const expired = await publishedOffer(as(vasteras), { openUntil: '2026-12-04' })
  await onDay('2026-12-05')
  await closeWhatIsOver(services, new AbortController().signal)
  expect(await as(kungsor).offer.get({ offerId: expired.id })).toMatchObject({ status: 'expired' })
  for (const { id } of [paused, expired]) {
    await arrives(approvalRequested, arrangement(id, randomUUID(), 1))
    expect((await told(admin, id)).at(-1)).toMatchObject({ type: 'marketplace.capacity_reserved.v1' })
  }
})

test('an offer that is withdrawn gives nothing', async ({ as, arrives, admin }) => {
  const offer = await publishedOffer(as(vasteras))
  await as(vasteras).offer.withdraw({ ...key(), offerId: offer.id, version: 1 })
  await arrives(approvalRequested, arrangement(offer.id, randomUUID(), 1))
  expect((await told(admin, offer.id)).at(-1)).toMatchObject({ data: { reason: 'not_open', shortfall: null } })
})

test("a lender cannot give away another organisation's hours", async ({ as, arrives, admin }) => {
  const offer = await publishedOffer(as(vasteras))
  await arrives(approvalRequested, {
    ...arrangement(offer.id, randomUUID(), 1),
    lenderId: norberg.organisationId,
  })
  expect((await told(admin, offer.id)).at(-1)).toMatchObject({ data: { reason: 'not_open' } })
  expect(await as(kungsor).offer.get({ offerId: offer.id })).toMatchObject({ mostLeft: 16 })
})

test('what comes to nothing is free again, and told', async ({ as, arrives, admin }) => {
  const offer = await publishedOffer(as(vasteras))
  const request = await publishedRequest(as(norberg))
  const facts = arrangement(offer.id, request.id, 8)
  await arrives(approvalRequested, facts)
  expect(await as(kungsor).request.get({ requestId: request.id })).toMatchObject({ coverage: 'covered' })
  await arrives(arrangementDeclined, { ...facts, reasonCode: 'other' } as ArrangementFacts)
  expect((await told(admin, offer.id)).map(({ type }) => type)).toEqual([
    'marketplace.offer_published.v1',
    'marketplace.capacity_reserved.v1',
    'marketplace.capacity_released.v1',
  ])
  expect(await as(kungsor).offer.get({ offerId: offer.id })).toMatchObject({ mostLeft: 16 })
  expect(await as(kungsor).request.get({ requestId: request.id })).toMatchObject({ coverage: 'uncovered' })
})

test('each request a county has published is counted once, by what became of it and how much of it was covered', async ({
  as,
  services,
  arrives,
  onDay,
}) => {
  await onDay('2027-01-01')
  const away = {
    ...norberg,
    organisationId: randomUUID(),
    shortName: 'Gävle',
    municipalityCode: '2180',
    countyCode: '21',
  }
  await asOrganisation(services.db, away.organisationId, (tx) => keepOrganisation(tx, away))
  const cover = async (requestId: string, hoursPerWeek: number, from = spring.from) => {
    const offer = await publishedOffer(as(vasteras))
    const { shares, ...facts } = arrangement(offer.id, requestId, hoursPerWeek, away)
    const held = { ...facts, shares: shares.map((share) => ({ ...share, period: { ...spring, from } })) }
    await arrives(approvalRequested, held)
    await arrives(arrangementApproved, held)
  }
  const figures = (county: string) => as(sala, 'process_support').request.figures({ county })
  const none = { covered: 0, partlyCovered: 0, uncovered: 0 }
  await expect(figures('21')).resolves.toEqual({ open: none, expired: none, withdrawn: none })

  const [whole, part, late, over, paused, withdrawn] = [
    await publishedRequest(as(away)),
    await publishedRequest(as(away)),
    await publishedRequest(as(away)),
    await publishedRequest(as(away), { openUntil: '2027-02-01' }),
    await publishedRequest(as(away)),
    await publishedRequest(as(away)),
  ]
  await as(away).request.saveDraft({ ...key(), details: { requiredCompetences: ['tolk'] } })
  await cover(whole.id, 8)
  await cover(part.id, 4)
  await cover(late.id, 8, '2027-03-01')
  await cover(over.id, 8)
  await as(away).request.pause({ ...key(), requestId: paused.id, version: 1 })
  await as(away).request.withdraw({ ...key(), requestId: withdrawn.id, version: 1 })
  await onDay('2027-03-15')
  await closeWhatIsOver(services, new AbortController().signal)

  // Of what is still to come nothing is lacking, but the first weeks went by without help.
  expect(await as(kungsor).request.get({ requestId: late.id })).toMatchObject({ coverage: 'covered' })
  await expect(figures('21')).resolves.toEqual({
    open: { covered: 1, partlyCovered: 2, uncovered: 1 },
    expired: { ...none, covered: 1 },
    withdrawn: { ...none, uncovered: 1 },
  })
  await expect(as(sala, 'coordinator').request.figures({ county: '03' })).resolves.toMatchObject({ open: none })
  await expect(as(away).request.figures({ county: '21' })).rejects.toMatchObject({ message: 'auth.role_needed' })
})

test('declining what never held anything changes nothing and tells nothing', async ({ as, arrives, admin }) => {
  const offer = await publishedOffer(as(vasteras))
  await arrives(arrangementDeclined, {
    ...arrangement(offer.id, randomUUID(), 8),
    reasonCode: 'other',
  } as ArrangementFacts)
  expect(await told(admin, offer.id)).toHaveLength(1)
})

test('what ends early frees the weeks after its last day, and only them', async ({ as, arrives }) => {
  const offer = await publishedOffer(as(vasteras))
  const facts = arrangement(offer.id, randomUUID(), 6)
  await arrives(approvalRequested, facts)
  await arrives(arrangementApproved, facts)
  await arrives(arrangementEnded, {
    ...facts,
    reasonCode: 'other',
    lastDay: '2027-03-12',
  } as ArrangementFacts)
  expect((await as(kungsor).offer.get({ offerId: offer.id })).left).toEqual([
    { fromWeek: '2027-01-11', toWeek: '2027-03-15', hoursPerWeek: 10 },
    { fromWeek: '2027-03-15', toWeek: '2027-06-14', hoursPerWeek: 16 },
  ])
})

test('the weeks after a decided last day are free from the decision on, and its end changes nothing more', async ({
  as,
  arrives,
  admin,
}) => {
  const offer = await publishedOffer(as(vasteras))
  const request = await publishedRequest(as(norberg))
  const facts = arrangement(offer.id, request.id, 6)
  await arrives(approvalRequested, facts)
  await arrives(arrangementApproved, facts)
  const early = { ...facts, reasonCode: 'need_gone', lastDay: '2027-03-12' }
  await arrives(arrangementEndDecided, early)
  const left = [
    { fromWeek: '2027-01-11', toWeek: '2027-03-15', hoursPerWeek: 10 },
    { fromWeek: '2027-03-15', toWeek: '2027-06-14', hoursPerWeek: 16 },
  ]
  expect(await as(kungsor).offer.get({ offerId: offer.id })).toMatchObject({ left })
  const released = { type: 'marketplace.capacity_released.v1', data: { arrangementId: facts.arrangementId, left } }
  expect((await told(admin, offer.id)).at(-1)).toMatchObject(released)
  // The last day was wrong and is corrected.
  const earlier = { ...early, lastDay: '2027-02-12' }
  await arrives(arrangementEndDecided, earlier)
  expect(await as(kungsor).offer.get({ offerId: offer.id })).toMatchObject({
    left: [{ toWeek: '2027-02-15', hoursPerWeek: 10 }, { hoursPerWeek: 16 }],
  })
  await arrives(arrangementEnded, earlier)
  expect(await told(admin, offer.id)).toHaveLength(4)
})

test('a new approval of the same arrangement exchanges its hours', async ({ as, arrives }) => {
  const offer = await publishedOffer(as(vasteras))
  const facts = arrangement(offer.id, randomUUID(), 12)
  await arrives(approvalRequested, facts)
  const [share] = facts.shares
  await arrives(approvalRequested, { ...facts, shares: [{ ...share, hoursPerWeek: 14 }] } as ArrangementFacts)
  expect(await as(kungsor).offer.get({ offerId: offer.id })).toMatchObject({ mostLeft: 2 })
})

test('fifty approvals in parallel for the last hours: those that fit are held, the others refused', async ({
  as,
  arrives,
  admin,
}) => {
  const offer = await publishedOffer(as(vasteras))
  const request = await publishedRequest(as(norberg))
  await Promise.all(Array.from({ length: 50 }, () => arrives(approvalRequested, arrangement(offer.id, request.id, 3))))
  const types = (await told(admin, offer.id)).map(({ type }) => type)
  expect(types.filter((type) => type === 'marketplace.capacity_reserved.v1')).toHaveLength(5)
  expect(types.filter((type) => type === 'marketplace.capacity_refused.v1')).toHaveLength(45)
  const { weeks } = await as(kungsor).ledger.get({ offerId: offer.id })
  for (const { reserved, left } of weeks) expect([reserved, left]).toEqual([15, 1])
})

test('approvals that cover the same requests from several lenders all count', async ({ as, arrives }) => {
  // Of one lender they would stand in line for its audit log anyway.
  const lenders = Array.from({ length: 12 }, (_, index) => organisations[index % organisations.length] ?? sala)
  const offers = await Promise.all(lenders.map((lender) => publishedOffer(as(lender))))
  const [a, b] = await Promise.all([
    publishedRequest(as(norberg), { segments: [{ period: spring, hoursPerWeek: 20 }] }),
    publishedRequest(as(kungsor), { segments: [{ period: spring, hoursPerWeek: 20 }] }),
  ])
  const shareOf = (requestId: string) => ({
    organisationId: norberg.organisationId,
    requestId,
    period: spring,
    hoursPerWeek: 1,
  })
  await Promise.all(
    offers.map(({ id }, index) => {
      const shares = [shareOf(a.id), shareOf(b.id)]
      const facts = { ...arrangement(id, a.id, 1), lenderId: lenders[index]?.organisationId ?? '' }
      return arrives(approvalRequested, { ...facts, shares: index % 2 ? shares : shares.toReversed() })
    }),
  )
  expect(await as(norberg).request.get({ requestId: a.id })).toMatchObject({ mostLeft: 8 })
  expect(await as(norberg).request.get({ requestId: b.id })).toMatchObject({ mostLeft: 8 })
})

test('an offer may not be lowered below what is held: the weeks are named', async ({ as, arrives }) => {
  const offer = await publishedOffer(as(vasteras))
  await arrives(approvalRequested, arrangement(offer.id, randomUUID(), 6))
  const details = offerDetails({ segments: [{ period: spring, hoursPerWeek: 5 }] })
  await expect(as(vasteras).offer.change({ ...key(), offerId: offer.id, version: 1, details })).rejects.toMatchObject({
    code: 'CONFLICT',
    cause: {
      code: 'offer.below_held',
      details: { held: 6, weeks: expect.arrayContaining([{ week: '2027-01-11', held: 6, offered: 5 }]) },
    },
  })
  const enough = offerDetails({ segments: [{ period: spring, hoursPerWeek: 6 }], reserveFloor: 0 })
  await as(vasteras).offer.change({ ...key(), offerId: offer.id, version: 1, details: enough })
  expect(await as(kungsor).offer.get({ offerId: offer.id })).toMatchObject({ hoursPerWeek: 6, mostLeft: 0 })
})

test('what was lent in weeks gone by does not keep an offer from being changed for those to come', async ({
  as,
  arrives,
  onDay,
}) => {
  await onDay('2027-01-11')
  const offer = await publishedOffer(as(vasteras))
  await arrives(approvalRequested, arrangement(offer.id, randomUUID(), 6))
  const from = (day: string) => offerDetails({ segments: [{ period: { ...spring, from: day }, hoursPerWeek: 6 }] })
  const change = (day: string) =>
    as(vasteras).offer.change({ ...key(), offerId: offer.id, version: 1, details: from(day) })
  await onDay('2027-03-10')
  await expect(change('2027-03-15')).rejects.toMatchObject({
    cause: { details: { weeks: [{ week: '2027-03-08', held: 6, offered: 0 }] } },
  })
  await change('2027-03-08')
  expect(await as(kungsor).offer.get({ offerId: offer.id })).toMatchObject({ hoursPerWeek: 6, mostLeft: 0 })
})

test('a change and an approval at the same time never leave more held than offered', async ({ as, arrives }) => {
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const offer = await publishedOffer(as(vasteras))
      const details = offerDetails({ segments: [{ period: spring, hoursPerWeek: 5 }] })
      await Promise.allSettled([
        as(vasteras).offer.change({ ...key(), offerId: offer.id, version: 1, details }),
        arrives(approvalRequested, arrangement(offer.id, randomUUID(), 6)),
      ])
      return as(kungsor).ledger.get({ offerId: offer.id })
    }),
  )
  for (const { weeks } of outcomes) {
    for (const { offered, reserved, left } of weeks) {
      expect(reserved).toBeLessThanOrEqual(offered)
      expect(left).toBe(offered - reserved)
    }
  }
})
