import { organisationChanged } from '@samkraft/contracts/identity'
import {
  capacityReleased,
  offerChanged,
  offerPublished,
  offerWithdrawn,
  requestCoverageChanged,
  requestWithdrawn,
  requestChanged,
  requestPublished,
} from '@samkraft/contracts/marketplace'
import { describe, expect } from 'vitest'
import {
  anArrangement,
  anOffer,
  anOrganisation,
  aProposal,
  aRequest,
  eventsOf,
  onIt,
  refuse,
  reserve,
  spring,
  test,
  weeks,
  yes,
} from './builders.ts'

describe('the ledger’s answer', () => {
  test('no: back to the parties with the week and the figures, and everyone agrees and decides anew', async ({
    db,
    as,
    hear,
    county,
  }) => {
    const { vasteras, norberg, region } = county
    const { arrangementId, offer } = await anArrangement({ as, hear, county }, 'reserving')
    await refuse(hear, vasteras, offer, arrangementId)
    const officer = as(norberg.person(['officer']))
    const back = await officer.arrangement.get({ arrangementId })
    expect(back).toMatchObject({
      status: 'proposed',
      reason: { code: 'capacity_not_enough', shortfall: { week: '2027-02-01', left: 2, asked: 8 } },
      holder: { organisations: [{ shortName: 'Västerås' }, { shortName: 'Norberg' }] },
    })
    expect(back.decisions.map(({ standing }) => standing)).toEqual([false, false])
    expect((await eventsOf(db, arrangementId)).at(-1)).toBe('returned')

    let receipt = await officer.arrangement.accept(onIt({ arrangementId, version: back.version }))
    await expect(
      officer.arrangement.get({ arrangementId }),
      'the reason is kept while they talk',
    ).resolves.toMatchObject({
      reason: { code: 'capacity_not_enough' },
    })
    receipt = await as(vasteras.person(['officer'])).arrangement.accept(onIt(receipt))
    receipt = await as(vasteras.person(['decider'])).arrangement.decide({ ...onIt(receipt), ...yes })
    receipt = await as(norberg.person(['decider'])).arrangement.decide({ ...onIt(receipt), ...yes })
    await as(region.person(['coordinator'])).arrangement.approve(onIt(receipt))
    await reserve(hear, vasteras, offer, arrangementId)
    await expect(officer.arrangement.get({ arrangementId })).resolves.toMatchObject({
      status: 'approved',
      reason: null,
    })
  })

  test('yes, heard twice or by many at once, approves once', async ({ db, as, hear, county }) => {
    const { arrangementId, offer } = await anArrangement({ as, hear, county }, 'reserving')
    const answer = await reserve(hear, county.vasteras, offer, arrangementId)
    await expect(Promise.all(Array.from({ length: 4 }, () => hear.again(answer)))).resolves.toEqual(
      Array(4).fill('repeated'),
    )
    expect((await eventsOf(db, arrangementId)).filter((name) => name === 'approved')).toHaveLength(1)
  })

  test('to a question that was not asked changes nothing, and the next event is heard', async ({
    db,
    as,
    hear,
    county,
  }) => {
    const { arrangementId, offer, version } = await anArrangement({ as, hear, county }, 'borrower_decision')
    await reserve(hear, county.vasteras, offer, arrangementId)
    await refuse(hear, county.vasteras, offer, arrangementId)
    await reserve(hear, county.vasteras, offer, crypto.randomUUID())
    await expect(as(county.norberg.person(['officer'])).arrangement.get({ arrangementId })).resolves.toMatchObject({
      status: 'borrower_decision',
      version,
    })
    await expect(eventsOf(db, arrangementId)).resolves.not.toContain('approved')
  })
})

describe('our copies', () => {
  test('of an offer follow what is left', async ({ as, hear, county }) => {
    const { vasteras, norberg } = county
    const [offer, request] = [await anOffer(hear, vasteras, { hours: 8, left: 8 }), await aRequest(hear, norberg)]
    const officer = as(norberg.person(['officer']))
    const to = { aggregateId: offer.offerId, organisationId: vasteras.id }
    const propose = () => officer.arrangement.propose(aProposal(offer, [request]))
    await reserve(hear, vasteras, offer, crypto.randomUUID(), [], 0)
    await expect(propose()).rejects.toMatchObject({ message: 'arrangement.capacity_short' })
    await hear(capacityReleased, {
      ...to,
      data: { offerId: offer.offerId, arrangementId: crypto.randomUUID(), left: weeks(spring, 8) },
    })
    await expect(propose()).resolves.toMatchObject({ status: 'proposed' })
    await hear(offerChanged, { ...to, data: { ...offer, slice: 9 } })
    await expect(propose()).rejects.toMatchObject({ message: 'arrangement.below_slice' })
  })

  test('of what is withdrawn or paused take no proposal, also when it is changed; published again, they do', async ({
    as,
    hear,
    county,
  }) => {
    const { vasteras, norberg } = county
    const [offer, request] = [await anOffer(hear, vasteras), await aRequest(hear, norberg)]
    const officer = as(norberg.person(['officer']))
    const propose = () => officer.arrangement.propose(aProposal(offer, [request]))
    const offered = { aggregateId: offer.offerId, organisationId: vasteras.id }
    const requested = { aggregateId: request.requestId, organisationId: norberg.id }

    await hear(offerWithdrawn, { ...offered, data: { offerId: offer.offerId, reason: 'paused' } })
    await hear(offerChanged, { ...offered, data: offer })
    await expect(propose()).rejects.toMatchObject({ message: 'arrangement.offer_not_open' })
    await hear(offerPublished, { ...offered, data: offer })
    await hear(requestWithdrawn, { ...requested, data: { requestId: request.requestId, reason: 'withdrawn' } })
    await hear(requestChanged, { ...requested, data: request })
    await expect(propose()).rejects.toMatchObject({ message: 'arrangement.request_not_open' })
    await hear(requestPublished, { ...requested, data: request })
    await expect(propose()).resolves.toMatchObject({ status: 'proposed' })
  })

  test('of a request know what is still uncovered', async ({ db, hear, county }) => {
    const request = await aRequest(hear, county.norberg)
    const data = { requestId: request.requestId, arrangementId: crypto.randomUUID(), left: weeks(spring, 2) }
    await hear(requestCoverageChanged, { aggregateId: request.requestId, organisationId: county.norberg.id, data })
    const row = await db
      .selectFrom('request')
      .select('facts')
      .where('id', '=', request.requestId)
      .executeTakeFirstOrThrow()
    expect(row.facts).toEqual({ ...request, left: weeks(spring, 2) })
  })

  test('of an organisation follow its name', async ({ as, hear, county }) => {
    const sala = await anOrganisation(hear, 'Sala')
    const it = await anArrangement({ as, hear, county }, 'proposed', { borrowers: [sala] })
    const facts = {
      kind: 'municipality' as const,
      municipalityCode: '1981',
      countyCode: '19',
      population: null,
      skrGroup: null,
      latitude: null,
      longitude: null,
    }
    const data = { ...facts, organisationId: sala.id, name: 'Sala stad', shortName: 'Sala' }
    await hear(organisationChanged, { aggregateId: sala.id, organisationId: sala.id, data })
    const { borrowers } = await as(county.vasteras.person(['officer'])).arrangement.get(it)
    expect(borrowers).toEqual([{ id: sala.id, name: 'Sala stad', shortName: 'Sala' }])
  })
})
