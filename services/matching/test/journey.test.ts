import { expect } from 'vitest'
import { id, kungsor, norberg, springTerm, vasteras, weekly } from './builders.ts'
import { type Feed, test } from './feed.ts'

const [offerId, norbergs, kungsors] = [id(1), id(2), id(3)]

async function theJourney(feed: Feed): Promise<void> {
  for (const owner of [vasteras, norberg, kungsor]) await feed.organisation(owner)
  await feed.offer(vasteras, { offerId, licence: 'claimed' })
  await feed.request(norberg, { requestId: norbergs })
  await feed.match()
}

test('Västerås serves all that Norberg asks for: a full match with its hits and its miss', async ({ feed }) => {
  await theJourney(feed)
  const { groups, computedAt } = await feed.as(norberg).match.forRequest({ requestId: norbergs })
  expect(computedAt).not.toBeNull()
  expect(groups).toMatchObject({ partial: [], part_of_period: [], near: [] })
  const [match] = groups.full
  expect(match).toMatchObject({
    offer: { offerId, organisationId: vasteras.organisationId, mainCompetence: 'skolpsykolog' },
    score: 90,
    hoursPerWeek: 8,
    askedHoursPerWeek: 8,
    period: springTerm,
    km: 60,
    improvements: [
      { code: 'request_accept_remote', points: 8 },
      { code: 'offer_document_licence', points: 2 },
    ],
  })
  expect(match?.factors.map(({ factor, points, max }) => [factor, points, max])).toEqual([
    ['competence', 38, 40],
    ['extent', 20, 20],
    ['period', 12, 12],
    ['place', 7, 15],
    ['cost', 4, 4],
    ['language', 2, 2],
    ['focus_area', 2, 2],
    ['small_municipality', 3, 3],
    ['give_take', 2, 2],
  ])
})

test('after six hours are agreed, Kungsör asking for twelve is shown ten as partial', async ({ feed }) => {
  await theJourney(feed)
  await feed.reserved(vasteras, offerId, weekly(springTerm, 10))
  await feed.covered(norberg, norbergs, weekly(springTerm, 2))
  await feed.approved({
    arrangementId: id(900),
    offerId,
    lenderId: vasteras.organisationId,
    shares: [{ organisationId: norberg.organisationId, requestId: norbergs, period: springTerm, hoursPerWeek: 6 }],
  })
  await feed.request(kungsor, { requestId: kungsors, hoursPerWeek: 12 })
  await feed.match()
  const { groups } = await feed.as(kungsor).match.forRequest({ requestId: kungsors })
  expect(groups.full).toEqual([])
  expect(groups.partial).toMatchObject([
    { offer: { offerId }, hoursPerWeek: 10, askedHoursPerWeek: 12, period: springTerm, km: 34 },
  ])
  const norbergsRest = await feed.as(norberg).match.get({ requestId: norbergs, offerId })
  // The two hours Norberg still asks for are less than the slice of four the offer is divided into.
  expect(norbergsRest).toMatchObject({ group: 'near', hoursPerWeek: 2, askedHoursPerWeek: 2 })
  expect(norbergsRest.factors.find(({ factor }) => factor === 'give_take')).toMatchObject({
    points: 2,
    evidence: { given: 0, taken: 132 },
  })
})

test('hours that differ between two terms count for each, and are cut where the arrangement ends', async ({
  feed,
  db,
}) => {
  const share = { organisationId: norberg.organisationId, requestId: id(2) }
  const facts = {
    arrangementId: id(3),
    offerId: id(1),
    lenderId: vasteras.organisationId,
    shares: [
      { ...share, period: { from: '2027-01-11', to: '2027-01-25' }, hoursPerWeek: 6 },
      { ...share, period: { from: '2027-02-01', to: '2027-02-22' }, hoursPerWeek: 8 },
    ],
  }
  const taken = async () =>
    (await db.selectFrom('arrangement_share').select('hours').execute()).reduce((sum, { hours }) => sum + hours, 0)
  await feed.approved(facts)
  expect(await taken()).toBe(2 * 6 + 3 * 8)
  await feed.endDecided({ ...facts, lastDay: '2027-02-07', reasonCode: 'need_gone' })
  expect(await taken()).toBe(2 * 6 + 1 * 8)
})

test('when an arrangement ends early, only the weeks until then count as taken, from the decision on', async ({
  feed,
}) => {
  await theJourney(feed)
  const facts = {
    arrangementId: id(900),
    offerId,
    lenderId: vasteras.organisationId,
    shares: [{ organisationId: norberg.organisationId, requestId: id(8), period: springTerm, hoursPerWeek: 6 }],
  }
  const ending = { ...facts, reasonCode: 'other', lastDay: '2027-02-07' }
  await feed.approved(facts)
  for (const hear of [feed.endDecided, feed.ended]) {
    await hear(ending)
    await feed.match()
    const match = await feed.as(norberg).match.get({ requestId: norbergs, offerId })
    expect(match.factors.find(({ factor }) => factor === 'give_take')).toMatchObject({ evidence: { taken: 24 } })
  }
})
