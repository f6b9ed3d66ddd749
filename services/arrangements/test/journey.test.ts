import { approvalRequested, type ArrangementView } from '@samkraft/contracts/arrangements'
import { offerChanged } from '@samkraft/contracts/marketplace'
import { describe, expect } from 'vitest'
import { runClock } from '../src/app/run-clock.ts'
import {
  anArrangement,
  anOffer,
  anOrganisation,
  aProposal,
  aRequest,
  because,
  eventsOf,
  onIt,
  reserve,
  spring,
  test,
  today,
  yes,
} from './builders.ts'

describe('the main job', () => {
  test('proposed, countered, agreed, decided by both, approved, held, active, ended', async ({
    db,
    as,
    hear,
    county,
    on,
  }) => {
    await on(today)
    const { vasteras, norberg, region } = county
    const [offer, request] = [await anOffer(hear, vasteras), await aRequest(hear, norberg)]
    const officer = as(norberg.person(['officer']))
    const decider = vasteras.person(['decider'])
    const skolchef = as(decider)

    const proposed = await officer.arrangement.propose(aProposal(offer, [request]))
    expect(proposed).toMatchObject({
      status: 'proposed',
      version: 1,
      reference: expect.stringMatching(/^SK-2026-\d{4}$/),
    })

    const { shares, ...terms } = aProposal(offer, [request], { hours: 6 })
    const revised = await skolchef.arrangement.revise({ ...terms, ...onIt(proposed), shares })
    const agreed = await officer.arrangement.accept(onIt(revised))
    expect(agreed.status).toBe('lender_decision')
    const lent = await skolchef.arrangement.decide({ ...onIt(agreed), ...yes })
    expect(lent.status).toBe('borrower_decision')
    const borrowed = await as(norberg.person(['chair'])).arrangement.decide({ ...onIt(lent), ...yes })
    expect(borrowed.status).toBe('coordinator_approval')
    const approved = await as(region.person(['coordinator'])).arrangement.approve(onIt(borrowed))
    expect(approved.status).toBe('reserving')
    await reserve(hear, vasteras, offer, proposed.arrangementId)

    const { arrangementId } = proposed
    const view = await officer.arrangement.get({ arrangementId })
    expect(view).toMatchObject({
      status: 'approved',
      competence: 'skolpsykolog',
      hoursPerWeek: 6,
      period: spring,
      holder: null,
      lender: { shortName: 'Västerås' },
      borrowers: [{ shortName: 'Norberg' }],
      region: { shortName: 'Region Västmanland' },
      proposer: { shortName: 'Norberg' },
      offer: { offerId: offer.offerId, slice: 4, open: true },
    })
    expect(
      view.revisions.map(({ number, terms, organisation }) => [
        number,
        terms.shares[0]?.hoursPerWeek,
        organisation.shortName,
      ]),
    ).toEqual([
      [2, 6, 'Västerås'],
      [1, 8, 'Norberg'],
    ])
    expect(view.decisions).toMatchObject([
      {
        side: 'lender',
        decision: 'yes',
        role: 'decider',
        revision: 2,
        standing: true,
        delegationReference: 'Delegationsordning 4.2',
      },
      { side: 'borrower', decision: 'yes', role: 'chair', revision: 2, standing: true },
    ])
    // By role to others, by person to colleagues, who know them by their titles.
    const deciders = ({ decisions }: ArrangementView) => decisions.map(({ personId }) => personId)
    expect(deciders(view)).toEqual([null, expect.any(String)])
    expect(deciders(await skolchef.arrangement.get({ arrangementId }))).toEqual([decider.personId, null])
    expect(
      view.timeline.map(({ move, to, organisation, role }) => [move, to, organisation?.shortName ?? null, role]),
    ).toEqual([
      ['propose', 'proposed', 'Norberg', 'officer'],
      ['revise', 'proposed', 'Västerås', 'decider'],
      ['accept', 'lender_decision', 'Norberg', 'officer'],
      ['decide', 'borrower_decision', 'Västerås', 'decider'],
      ['decide', 'coordinator_approval', 'Norberg', 'chair'],
      ['approve', 'reserving', 'Region Västmanland', 'coordinator'],
      ['reserve', 'approved', null, null],
    ])

    await on(spring.from)
    await runClock({ db })
    await expect(officer.arrangement.get({ arrangementId })).resolves.toMatchObject({ status: 'active' })
    await on(spring.to)
    await runClock({ db })
    await runClock({ db })
    await expect(officer.arrangement.get({ arrangementId })).resolves.toMatchObject({
      status: 'ended',
      reason: { code: 'as_agreed' },
    })
    await expect(eventsOf(db, arrangementId)).resolves.toEqual([
      'proposed',
      'revised',
      'terms_accepted',
      'decided',
      'decided',
      'accepted',
      'approval_requested',
      'approved',
      'activated',
      'ended',
    ])
    await on(today)
  })

  test('the ledger is asked for exactly the shares of the latest terms', async ({ db, as, hear, county }) => {
    const { arrangementId, offer, requests } = await anArrangement({ as, hear, county }, 'reserving')
    const event = await db
      .selectFrom('outbox')
      .select(['data', 'organisation_id', 'aggregate'])
      .where('aggregate_id', '=', arrangementId)
      .where('type', '=', approvalRequested.type)
      .executeTakeFirstOrThrow()
    expect(event).toEqual({
      aggregate: 'arrangement',
      organisation_id: county.vasteras.id,
      data: {
        arrangementId,
        offerId: offer.offerId,
        lenderId: county.vasteras.id,
        shares: [
          { organisationId: county.norberg.id, requestId: requests[0]?.requestId, period: spring, hoursPerWeek: 8 },
        ],
      },
    })
  })

  test('a shared function: one lender, three borrowers, each decides, and it waits for all of them', async ({
    db,
    as,
    hear,
    county,
  }) => {
    const { vasteras, norberg, kungsor, arboga, region } = county
    const offer = await anOffer(hear, vasteras, { hours: 24 })
    const borrowers = [norberg, kungsor, arboga]
    const requests = [await aRequest(hear, norberg), await aRequest(hear, kungsor), await aRequest(hear, arboga)]
    let receipt = await as(vasteras.person(['manager'])).arrangement.propose(aProposal(offer, requests))
    const held = async () => {
      const { holder } = await as(region.person(['coordinator'])).arrangement.get(receipt)
      return holder?.organisations.map(({ shortName }) => shortName)
    }

    for (const [index, borrower] of borrowers.entries()) {
      await expect(held()).resolves.toEqual(['Norberg', 'Kungsör', 'Arboga'].slice(index))
      receipt = await as(borrower.person(['officer'])).arrangement.accept(onIt(receipt))
    }
    await expect(held()).resolves.toEqual(['Västerås'])
    receipt = await as(vasteras.person(['decider'])).arrangement.decide({ ...onIt(receipt), ...yes })
    for (const borrower of [kungsor, arboga, norberg])
      receipt = await as(borrower.person(['decider'])).arrangement.decide({ ...onIt(receipt), ...yes })
    expect(receipt.status).toBe('coordinator_approval')
    await as(region.person(['coordinator'])).arrangement.approve(onIt(receipt))
    await reserve(hear, vasteras, offer, receipt.arrangementId)
    const view = await as(arboga.person(['officer'])).arrangement.get(receipt)
    expect(view).toMatchObject({ status: 'approved', hoursPerWeek: 24 })
    expect(view.parties.map(({ decision }) => decision)).toEqual(['yes', 'yes', 'yes', 'yes'])
    await expect(eventsOf(db, receipt.arrangementId)).resolves.toContain('accepted')
  })

  test('what begins before it is approved is active at once', async ({ db, as, hear, county, on }) => {
    await on(today)
    const period = { from: '2026-11-02', to: '2026-12-19' }
    const { arrangementId, view } = await anArrangement({ as, hear, county }, 'approved', { period })
    expect(view.status).toBe('active')
    expect((await eventsOf(db, arrangementId)).slice(-2)).toEqual(['approved', 'activated'])
  })
})

describe('a proposal', () => {
  test('by the lender or by a borrower, not by others', async ({ as, hear, county }) => {
    const { vasteras, norberg, kungsor } = county
    const [offer, request] = [await anOffer(hear, vasteras), await aRequest(hear, norberg)]
    await expect(
      as(vasteras.person(['officer'])).arrangement.propose(aProposal(offer, [request])),
    ).resolves.toMatchObject({ status: 'proposed' })
    await expect(
      as(kungsor.person(['officer'])).arrangement.propose(aProposal(offer, [request])),
    ).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'arrangement.not_a_party',
    })
    await expect(
      as(norberg.person(['registrar'])).arrangement.propose(aProposal(offer, [request])),
    ).rejects.toMatchObject({
      message: 'auth.role_needed',
    })
  })

  test('with other hours in one term than in the next, as one arrangement', async ({ as, hear, county }) => {
    const { vasteras, norberg } = county
    const [offer, request] = [await anOffer(hear, vasteras), await aRequest(hear, norberg)]
    const lender = as(vasteras.person(['officer']))
    const { shares, ...terms } = aProposal(offer, [request])
    const by = (...parts: readonly (readonly [from: string, to: string, hoursPerWeek: number])[]) =>
      shares.flatMap((share) =>
        parts.map(([from, to, hoursPerWeek]) => ({ ...share, period: { from, to }, hoursPerWeek })),
      )
    // Both would take hours of week 11.
    await expect(
      lender.arrangement.propose({
        ...terms,
        shares: by(['2027-01-11', '2027-03-17', 6], ['2027-03-17', '2027-06-12', 8]),
      }),
    ).rejects.toMatchObject({ cause: { issues: [{ message: 'shares.request_twice' }] } })
    const proposed = await lender.arrangement.propose({
      ...terms,
      shares: by(['2027-01-11', '2027-03-15', 6], ['2027-03-15', '2027-06-12', 8]),
    })
    const view = await lender.arrangement.get(proposed)
    expect(view.terms.shares.map(({ hoursPerWeek }) => hoursPerWeek)).toEqual([6, 8])
    expect(view.borrowers.map(({ shortName }) => shortName)).toEqual(['Norberg'])
    expect(view).toMatchObject({ hoursPerWeek: 8, period: { from: '2027-01-11', to: '2027-06-12' } })
    const { items } = await lender.arrangement.list({ offerIds: [offer.offerId] })
    expect(items).toMatchObject([{ requestIds: [request.requestId], hoursPerWeek: 8 }])
  })

  test('by the coordinator binds nobody: both sides say yes, and it can be taken back', async ({
    as,
    hear,
    county,
  }) => {
    const { vasteras, norberg, region } = county
    const [offer, request] = [await anOffer(hear, vasteras), await aRequest(hear, norberg)]
    const coordinator = as(region.person(['coordinator']))
    const proposed = await coordinator.arrangement.propose(aProposal(offer, [request]))
    const view = await coordinator.arrangement.get(proposed)
    expect(view).toMatchObject({
      proposer: { shortName: 'Region Västmanland' },
      holder: { organisations: [{ shortName: 'Västerås' }, { shortName: 'Norberg' }] },
      parties: [{ accepted: false }, { accepted: false }],
      timeline: [{ move: 'propose', side: 'coordinator', role: 'coordinator' }],
    })
    await expect(as(norberg.person(['officer'])).task.list({})).resolves.toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          arrangement: expect.objectContaining({
            id: proposed.arrangementId,
            proposer: { id: region.id, name: 'Region Västmanland', shortName: 'Region Västmanland' },
          }),
          asks: ['revise', 'accept', 'decline'],
        }),
      ]),
    })
    const half = await as(norberg.person(['officer'])).arrangement.accept(onIt(proposed))
    expect(half.status).toBe('proposed')
    await expect(
      as(norberg.person(['officer'])).arrangement.withdraw({ ...onIt(half), ...because }),
    ).rejects.toMatchObject({ message: 'arrangement.other_side_proposed' })
    await expect(coordinator.arrangement.withdraw({ ...onIt(half), ...because })).resolves.toMatchObject({
      status: 'withdrawn',
    })
  })

  test('by the coordinator of a region that lends itself is no yes of the lender', async ({ as, hear, county }) => {
    const { norberg, region } = county
    const [offer, request] = [await anOffer(hear, region), await aRequest(hear, norberg)]
    const coordinator = as(region.person(['coordinator']))
    const proposed = await coordinator.arrangement.propose(aProposal(offer, [request]))
    await expect(coordinator.arrangement.get(proposed)).resolves.toMatchObject({
      parties: [{ accepted: false }, { accepted: false }],
    })
    await expect(as(region.person(['officer'])).arrangement.accept(onIt(proposed))).resolves.toMatchObject({
      status: 'proposed',
    })
  })

  test('not by the coordinator of another county', async ({ as, hear, county }) => {
    const { vasteras, norberg } = county
    const [offer, request] = [await anOffer(hear, vasteras), await aRequest(hear, norberg)]
    const other = await anOrganisation(hear, 'Region Gävleborg', { kind: 'region', countyCode: '21' })
    await expect(
      as(other.person(['coordinator'])).arrangement.propose(aProposal(offer, [request])),
    ).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'arrangement.not_the_coordinator' })
  })

  test('that our copy of the offer cannot hold is refused at once, with the figures', async ({ as, hear, county }) => {
    const { vasteras, kungsor } = county
    const offer = await anOffer(hear, vasteras, { left: 10 })
    const request = await aRequest(hear, kungsor, { hours: 12 })
    const officer = as(kungsor.person(['officer']))
    await expect(officer.arrangement.propose(aProposal(offer, [request], { hours: 12 }))).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'arrangement.capacity_short',
      cause: { details: { left: 10, asked: 12, week: '2027-01-11' } },
    })
    await expect(officer.arrangement.propose(aProposal(offer, [request], { hours: 10 }))).resolves.toMatchObject({
      status: 'proposed',
    })
  })

  test('needs an offer, requests and a region that coordinates', async ({ as, hear, county }) => {
    const { vasteras, norberg } = county
    const [offer, request] = [await anOffer(hear, vasteras), await aRequest(hear, norberg)]
    const officer = as(norberg.person(['officer']))
    const unknown = crypto.randomUUID()
    await expect(
      officer.arrangement.propose(aProposal({ ...offer, offerId: unknown }, [request])),
    ).rejects.toMatchObject({
      message: 'arrangement.offer_not_found',
    })
    await expect(
      officer.arrangement.propose(aProposal(offer, [{ ...request, requestId: unknown }])),
    ).rejects.toMatchObject({
      message: 'arrangement.request_not_found',
    })
    const far = await anOrganisation(hear, 'Luleå', { countyCode: '25' })
    const elsewhere = await anOffer(hear, far)
    await expect(officer.arrangement.propose(aProposal(elsewhere, [request]))).rejects.toMatchObject({
      message: 'arrangement.no_coordinator',
    })
    const national = await anOffer(
      hear,
      await anOrganisation(hear, 'SKR', { kind: 'national_association', countyCode: null }),
    )
    await expect(
      officer.arrangement.propose(aProposal(national, [request])),
      'the borrower’s county, when the lender has none',
    ).resolves.toMatchObject({
      status: 'proposed',
    })
  })

  test('references follow each other without a gap, also when many propose at once and some fail', async ({
    as,
    hear,
    county,
    on,
  }) => {
    await on('2028-01-03')
    const { vasteras, norberg } = county
    const period = { from: '2028-01-10', to: '2028-06-10' }
    const offer = await anOffer(hear, vasteras, { period })
    const requests = await Promise.all(Array.from({ length: 12 }, () => aRequest(hear, norberg, { period })))
    const tries = requests.map((request, index) =>
      as(norberg.person(['officer'])).arrangement.propose(
        aProposal(offer, [request], { period, hours: index % 4 === 3 ? 100 : 8 }),
      ),
    )
    const made = (await Promise.allSettled(tries)).flatMap((one) =>
      one.status === 'fulfilled' ? one.value.reference : [],
    )
    expect(made.sort()).toEqual(Array.from({ length: 9 }, (_, index) => `SK-2028-000${index + 1}`))
    await on(today)
  })

  test('the same key again gives the first answer and makes nothing', async ({ db, as, hear, county }) => {
    const { vasteras, norberg } = county
    const [offer, request] = [await anOffer(hear, vasteras), await aRequest(hear, norberg)]
    const officer = as(norberg.person(['officer']))
    const proposal = aProposal(offer, [request])
    const [first, second] = await Promise.all([
      officer.arrangement.propose(proposal),
      officer.arrangement.propose(proposal),
    ])
    expect(second).toEqual(first)
    await expect(eventsOf(db, first.arrangementId)).resolves.toEqual(['proposed'])
    await expect(officer.arrangement.propose({ ...proposal, place: 'remote' })).rejects.toMatchObject({
      message: 'command.key_reused',
    })
  })
})

describe('what is agreed on already', () => {
  const [winter, later] = [
    { from: '2027-01-11', to: '2027-03-08' },
    { from: '2027-03-01', to: '2027-06-12' },
  ]
  const after = { from: '2027-03-08', to: '2027-06-12' }

  test('is not proposed a second time for the same days, by whoever and however many at once', async ({
    as,
    hear,
    county,
  }) => {
    const { vasteras, norberg } = county
    const [offer, request, other] = [
      await anOffer(hear, vasteras),
      await aRequest(hear, norberg),
      await aRequest(hear, norberg),
    ]
    const [borrower, lender] = [as(norberg.person(['officer'])), as(vasteras.person(['officer']))]
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) =>
        (index % 2 ? borrower : lender).arrangement.propose(aProposal(offer, [request], { period: winter })),
      ),
    )
    const made = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(made).toHaveLength(1)
    const again = lender.arrangement.propose(aProposal(offer, [other, request], { period: later, hours: 4 }))
    await expect(again).rejects.toMatchObject({
      message: 'arrangement.under_way',
      cause: { details: { arrangementId: made[0]?.arrangementId, reference: made[0]?.reference } },
    })
  })

  test('keeps nobody from proposing other days of it, or from trying again once it is declined', async ({
    as,
    hear,
    county,
  }) => {
    const { vasteras, norberg } = county
    const [offer, request] = [await anOffer(hear, vasteras), await aRequest(hear, norberg)]
    const [borrower, lender] = [as(norberg.person(['officer'])), as(vasteras.person(['officer']))]
    const first = await borrower.arrangement.propose(aProposal(offer, [request], { period: winter }))
    await borrower.arrangement.propose(aProposal(offer, [request], { period: after }))
    await lender.arrangement.decline({ ...onIt(first), ...because })
    await expect(borrower.arrangement.propose(aProposal(offer, [request], { period: winter }))).resolves.toMatchObject({
      status: 'proposed',
    })
  })
})

describe('a revision', () => {
  test('changes something, or says something', async ({ as, hear, county }) => {
    const { arrangementId, version, offer, requests } = await anArrangement({ as, hear, county }, 'proposed')
    const lender = as(county.vasteras.person(['officer']))
    const same = { ...aProposal(offer, requests), ...onIt({ arrangementId, version }), message: '' }
    await expect(lender.arrangement.revise(same)).rejects.toMatchObject({ message: 'arrangement.nothing_changed' })
    await expect(lender.arrangement.revise({ ...same, message: 'Kan ni tisdagar?' })).resolves.toMatchObject({
      status: 'proposed',
    })
  })

  test('has its cost from when it was put: a new price of the offer is in new terms, and in no others', async ({
    as,
    hear,
    county,
  }) => {
    const { vasteras } = county
    const { arrangementId, version, offer, requests } = await anArrangement({ as, hear, county }, 'proposed')
    await hear(offerChanged, {
      aggregateId: offer.offerId,
      organisationId: vasteras.id,
      data: { ...offer, orePerHour: 80_000 },
    })
    const lender = as(vasteras.person(['officer']))
    const pricesOf = async () => {
      const { terms, revisions } = await lender.arrangement.get({ arrangementId })
      return [terms, ...revisions.map((revision) => revision.terms)].map(({ cost }) => cost?.orePerHour)
    }
    expect(await pricesOf()).toEqual([65_000, 65_000])
    const same = { ...aProposal(offer, requests), ...onIt({ arrangementId, version }), message: '' }
    await lender.arrangement.revise(same)
    expect(await pricesOf()).toEqual([80_000, 80_000, 65_000])
  })

  test('has the version of the offer from when it was put, which says what it came with: a later one is in new terms', async ({
    as,
    hear,
    county,
  }) => {
    const { vasteras } = county
    const { arrangementId, version, offer, requests } = await anArrangement({ as, hear, county }, 'proposed')
    const next = offer.version + 1
    await hear(offerChanged, {
      aggregateId: offer.offerId,
      organisationId: vasteras.id,
      data: { ...offer, version: next },
    })
    const lender = as(vasteras.person(['officer']))
    // Which new terms will have, whatever marketplace shows by now.
    expect((await lender.arrangement.get({ arrangementId })).offer).toMatchObject({
      version: next,
      cost: { costModel: 'actual_hours', orePerHour: 65_000 },
    })
    const versionsOf = async () => {
      const { terms, revisions } = await lender.arrangement.get({ arrangementId })
      return [terms, ...revisions.map((revision) => revision.terms)].map(({ offerVersion }) => offerVersion)
    }
    expect(await versionsOf()).toEqual([offer.version, offer.version])
    await lender.arrangement.revise({ ...aProposal(offer, requests), ...onIt({ arrangementId, version }), message: '' })
    expect(await versionsOf()).toEqual([next, next, offer.version])
  })

  test('is none where a later version of the offer comes with the same', async ({ as, hear, county }) => {
    const { vasteras } = county
    const { arrangementId, version, offer, requests } = await anArrangement({ as, hear, county }, 'proposed')
    const next = offer.version + 1
    const hearOf = (conditionsVersion: number) =>
      hear(offerChanged, {
        aggregateId: offer.offerId,
        organisationId: vasteras.id,
        data: { ...offer, version: next, conditionsVersion },
      })
    const same = { ...aProposal(offer, requests), ...onIt({ arrangementId, version }), message: '' }
    const lender = as(vasteras.person(['officer']))
    await hearOf(offer.version)
    await expect(lender.arrangement.revise(same)).rejects.toMatchObject({ message: 'arrangement.nothing_changed' })
    await hearOf(next)
    await expect(lender.arrangement.revise(same)).resolves.toMatchObject({ status: 'proposed' })
  })

  test('keeps its requests, and is measured against the offer', async ({ as, hear, county }) => {
    const { arrangementId, version, offer, requests } = await anArrangement({ as, hear, county }, 'proposed')
    const lender = as(county.vasteras.person(['officer']))
    const other = await aRequest(hear, county.kungsor)
    const { shares, ...terms } = aProposal(offer, requests, { hours: 3.75 })
    const it = { arrangementId, version }
    await expect(lender.arrangement.revise({ ...terms, ...onIt(it), shares })).rejects.toMatchObject({
      message: 'arrangement.below_slice',
    })
    const others = aProposal(offer, [other]).shares
    await expect(lender.arrangement.revise({ ...terms, ...onIt(it), shares: others })).rejects.toMatchObject({
      message: 'arrangement.parties_fixed',
    })
  })

  test('is not of days that are being agreed on in another; its own are no obstacle', async ({ as, hear, county }) => {
    const { vasteras, norberg } = county
    const [offer, request] = [await anOffer(hear, vasteras), await aRequest(hear, norberg)]
    const [borrower, lender] = [as(norberg.person(['officer'])), as(vasteras.person(['officer']))]
    const winter = aProposal(offer, [request], { period: { from: '2027-01-11', to: '2027-03-08' } })
    const after = aProposal(offer, [request], { period: { from: '2027-03-08', to: '2027-06-12' } })
    const { shares: allSpring } = aProposal(offer, [request])
    const first = await borrower.arrangement.propose(winter)
    const second = await borrower.arrangement.propose(after)
    await expect(lender.arrangement.revise({ ...after, ...onIt(second), shares: allSpring })).rejects.toMatchObject({
      message: 'arrangement.under_way',
      cause: { details: { arrangementId: first.arrangementId, reference: first.reference } },
    })
    const { shares: fewer } = aProposal(offer, [request], { period: { from: '2027-03-15', to: '2027-06-12' } })
    const revised = await lender.arrangement.revise({ ...after, ...onIt(second), shares: fewer })
    await borrower.arrangement.withdraw({ ...onIt(first), ...because })
    await expect(borrower.arrangement.revise({ ...after, ...onIt(revised), shares: allSpring })).resolves.toMatchObject(
      { status: 'proposed' },
    )
  })

  test('by the authority that is asked makes earlier decisions void', async ({ as, hear, county }) => {
    const { arrangementId, version, offer, requests } = await anArrangement({ as, hear, county }, 'borrower_decision')
    const { shares, ...terms } = aProposal(offer, requests, { hours: 6 })
    const revised = await as(county.norberg.person(['decider'])).arrangement.revise({
      ...terms,
      ...onIt({ arrangementId, version }),
      shares,
    })
    expect(revised.status).toBe('proposed')
    const view = await as(county.vasteras.person(['decider'])).arrangement.get(revised)
    expect(view.decisions).toMatchObject([{ decision: 'yes', revision: 1, standing: false }])
    expect(view.parties.map(({ decision, accepted }) => [decision, accepted])).toEqual([
      [null, false],
      [null, true],
    ])
  })
})

describe('saying no', () => {
  test('the asked side declines, the proposing side withdraws, an authority decides no', async ({
    db,
    as,
    hear,
    county,
  }) => {
    const { vasteras, norberg } = county
    const declined = await anArrangement({ as, hear, county }, 'proposed')
    await as(vasteras.person(['officer'])).arrangement.decline({ ...onIt(declined), ...because })
    const withdrawn = await anArrangement({ as, hear, county }, 'lender_decision')
    await as(norberg.person(['officer'])).arrangement.withdraw({ ...onIt(withdrawn), ...because })
    const refused = await anArrangement({ as, hear, county }, 'borrower_decision')
    await as(norberg.person(['decider'])).arrangement.decide({
      ...onIt(refused),
      ...yes,
      decision: 'no',
      reasonCode: 'cost',
      reasonText: 'För dyrt.',
    })

    const officer = as(norberg.person(['officer']))
    await expect(officer.arrangement.get(declined)).resolves.toMatchObject({
      status: 'declined',
      reason: { code: 'terms' },
      holder: null,
    })
    await expect(officer.arrangement.get(withdrawn)).resolves.toMatchObject({ status: 'withdrawn' })
    await expect(officer.arrangement.get(refused)).resolves.toMatchObject({
      status: 'declined',
      reason: { code: 'cost', text: 'För dyrt.' },
      decisions: [{ decision: 'yes' }, { decision: 'no', reasonCode: 'cost' }],
    })
    expect((await eventsOf(db, declined.arrangementId)).at(-1)).toBe('declined')
    expect((await eventsOf(db, withdrawn.arrangementId)).at(-1)).toBe('withdrawn')
    expect((await eventsOf(db, refused.arrangementId)).slice(-2)).toEqual(['decided', 'declined'])
  })

  test('either authority may leave before the coordinator has approved, and not after', async ({
    as,
    hear,
    county,
  }) => {
    const before = await anArrangement({ as, hear, county }, 'coordinator_approval')
    await expect(
      as(county.vasteras.person(['decider'])).arrangement.withdraw({ ...onIt(before), ...because }),
    ).resolves.toMatchObject({ status: 'withdrawn' })
    const after = await anArrangement({ as, hear, county }, 'approved')
    await expect(
      as(county.vasteras.person(['decider'])).arrangement.withdraw({ ...onIt(after), ...because }),
    ).rejects.toMatchObject({
      message: 'arrangement.already_approved',
    })
  })
})

describe('ending early', () => {
  test('the decision frees later hours at once, and the last day ends it', async ({ db, as, hear, county, on }) => {
    const { arrangementId } = await anArrangement({ as, hear, county }, 'approved')
    await on('2027-03-01')
    await runClock({ db })
    const decider = as(county.norberg.person(['decider']))
    const active = await decider.arrangement.get({ arrangementId })
    const end = { lastDay: '2027-03-31', reasonCode: 'need_gone' as const }
    await expect(
      decider.arrangement.end({ ...onIt({ ...active, arrangementId }), ...end, lastDay: '2027-02-26' }),
    ).rejects.toMatchObject({
      message: 'arrangement.last_day_passed',
    })
    await decider.arrangement.end({ ...onIt({ ...active, arrangementId }), ...end })
    await expect(decider.arrangement.get({ arrangementId })).resolves.toMatchObject({
      status: 'active',
      endsOn: '2027-03-31',
    })
    // It should have said the 12th; later than decided it cannot be any more.
    const wrong = await decider.arrangement.get({ arrangementId })
    await expect(
      decider.arrangement.end({ ...onIt({ ...wrong, arrangementId }), ...end, lastDay: '2027-04-30' }),
    ).rejects.toMatchObject({ cause: { details: { latest: '2027-03-30' } } })
    await decider.arrangement.end({ ...onIt({ ...wrong, arrangementId }), ...end, lastDay: '2027-03-12' })
    await on('2027-03-13')
    await runClock({ db })
    await expect(decider.arrangement.get({ arrangementId })).resolves.toMatchObject({
      status: 'ended',
      reason: { code: 'need_gone' },
    })
    const [decided, ended] = await db
      .selectFrom('outbox')
      .select(['type', 'data'])
      .where('aggregate_id', '=', arrangementId)
      .orderBy('sequence', 'desc')
      .limit(2)
      .execute()
      .then((rows) => rows.reverse())
    expect(decided).toMatchObject({ type: 'arrangements.arrangement_end_decided.v1', data: { lastDay: '2027-03-12' } })
    expect(ended).toMatchObject({
      type: 'arrangements.arrangement_ended.v1',
      data: { lastDay: '2027-03-12', reasonCode: 'need_gone' },
    })
    await on(today)
  })
})
