import { expect, test } from 'vitest'
import { anAsked, anOffered, id, market as open } from '../../test/builders.ts'
import type { PlanEdge, PlanMarket } from './plan-market.ts'
import { withAllPairs } from './plan-pairs.ts'
import { rules } from './rules.ts'

/** So many that a plan has room for no more of each than are kept of it. */
const requests = Array.from({ length: 2_500 }, (_, number) => anAsked({ requestId: id(10_000 + number) }))
const [request = anAsked()] = requests
const offers = Array.from({ length: 250 }, (_, number) => anOffered({ offerId: id(number + 1) }))
const { requestId } = request.facts

function edge(number: number): PlanEdge {
  return { requestId, offerId: id(number), score: 90, km: 0, place: 'on_site' }
}

function aMarket(change: Partial<PlanMarket>): PlanMarket {
  return {
    at: '2026-11-23T08:00:00Z',
    fromWeek: open.fromWeek,
    requests: requests.map(({ facts, organisationId }) => ({
      requestId: facts.requestId,
      organisationId,
      competence: 'skolpsykolog',
      place: facts.place,
      least: facts.least,
      days: [],
      left: facts.left,
    })),
    offers: offers.map(({ facts, organisationId }) => ({
      offerId: facts.offerId,
      organisationId,
      slice: facts.slice,
      orePerHour: null,
      days: [],
      left: facts.left,
    })),
    pairs: [],
    organisations: [],
    ...change,
  }
}

function pairsOf(market: PlanMarket, among = offers) {
  const sides = {
    requests: new Map([[requestId, request]]),
    offers: new Map(among.map((offer) => [offer.facts.offerId, offer])),
  }
  const { pairs, offersPerRequest } = withAllPairs(market, sides, open.relations)
  return { pairs, offersPerRequest }
}

test('of a request with more offers than there is room for it is always the same that are considered', () => {
  const market = aMarket({ unsettled: [requestId] })
  const found = pairsOf(market)
  expect(found.pairs).toHaveLength(rules.kept)
  expect(found.offersPerRequest).toBe(rules.kept)
  expect(pairsOf(market, offers.toReversed())).toEqual(found)
})

test('a request that has more than there is room for, since one was decided by hand, gets no others', () => {
  const pairs = Array.from({ length: rules.kept + 1 }, (_, number) => edge(number + 1))
  expect(pairsOf(aMarket({ unsettled: [requestId], pairs }))).toEqual({ pairs, offersPerRequest: rules.kept })
})

test('of a request that is matched only the offers are scored that are not: what others do not serve is known', () => {
  const market = aMarket({ offersBehind: [id(250)], pairs: [edge(1)] })
  const { pairs, offersPerRequest } = pairsOf(market)
  expect(pairs.map(({ offerId }) => offerId)).toEqual([id(1), id(250)])
  expect(offersPerRequest).toBeNull()
})
