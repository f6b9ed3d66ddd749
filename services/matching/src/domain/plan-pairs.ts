import type { PlanPair } from '@samkraft/contracts/matching'
import { competencesToLookFor } from './competence.ts'
import type { Asked, Market, Offered } from './parties.ts'
import { placeBetween } from './place.ts'
import { nameOf, type PlanEdge, type PlanMarket } from './plan-market.ts'
import { rules } from './rules.ts'
import { score } from './score.ts'

/** Those whose pairs are to be scored, by their ids. */
export type Sides = Readonly<{ requests: ReadonlyMap<string, Asked>; offers: ReadonlyMap<string, Offered> }>

/** Pairs that fit in a plan: shared by its requests, though each has room for as many as are kept of it (`rules.kept`). */
const roomForPairs = 100_000
/** Of a request with more offers than it has room for, so many times as many are scored. */
const scoredPerPlace = 4

/** A pair as the published rules score it; none where the offer does not serve the request. */
export function scorePair({ requestId, offerId }: PlanPair, { requests, offers }: Sides, market: Market): PlanEdge[] {
  const [request, offer] = [requests.get(requestId), offers.get(offerId)]
  const scored = request && offer && score(request, offer, market)
  if (!scored || scored.group === 'near' || scored.score === 0) return []
  const place = placeBetween(request.facts.place, offer.facts.place)
  return [{ requestId, offerId, score: scored.score, km: scored.km, place }]
}

/**
 * The market with the pairs of its unsettled requests, of which at most the best of the whole country were known, and of the others
 * those with offers that are behind. Where a request has more offers than there is room for, it gets the best of some, and half of
 * them whatever their score: were it always the same offers that all requests look to, the others would have hours left that
 * nobody gets. `offersPerRequest` then says how many. The same market has the same pairs, in whatever order its offers are read.
 */
export function withAllPairs(market: PlanMarket, sides: Sides, relations: Market['relations']): PlanMarket {
  const most = Math.max(rules.kept, Math.floor(roomForPairs / market.requests.length))
  const known = Map.groupBy(market.pairs, ({ requestId }) => requestId)
  const [unsettled, behind] = [new Set(market.unsettled), new Set(market.offersBehind)]
  const offering = new Map<string, string[]>()
  for (const { offerId } of market.offers) {
    const facts = sides.offers.get(offerId)?.facts
    for (const competence of new Set(facts && [facts.mainCompetence, ...facts.otherCompetences]))
      offering.set(competence, [...(offering.get(competence) ?? []), offerId])
  }
  const pairs = [...market.pairs]
  let cut = false
  for (const [at, [requestId, request]] of [...sides.requests].entries()) {
    const has = new Set(known.get(requestId)?.map(({ offerId }) => offerId))
    const { able } = competencesToLookFor(request, relations)
    const serving = [...able.keys()].flatMap((competence) => offering.get(competence) ?? [])
    const offerIds = new Set(unsettled.has(requestId) ? serving : serving.filter((id) => behind.has(id))).difference(
      has,
    )
    // What is decided by hand has its place, however many there are.
    const places = Math.max(0, most - has.size)
    const looked = from([...offerIds], at / sides.requests.size).slice(0, scoredPerPlace * most)
    const found = looked.flatMap((offerId) => scorePair({ requestId, offerId }, sides, { ...market, relations }))
    cut ||= looked.length < offerIds.size || found.length > places
    pairs.push(...chosen(found, places))
  }
  const { unsettled: _requests, offersBehind: _offers, ...rest } = market
  return { ...rest, pairs, offersPerRequest: cut ? most : null }
}

/** All of them, beginning so far into them: each request with another. */
function from<Thing>(things: readonly Thing[], share: number): Thing[] {
  const first = Math.floor(share * things.length)
  return [...things.slice(first), ...things.slice(0, first)]
}

function chosen(found: readonly PlanEdge[], places: number): readonly PlanEdge[] {
  if (found.length <= places) return found
  const best = found.toSorted((a, b) => b.score - a.score).slice(0, Math.ceil(places / 2))
  const names = new Set(best.map(nameOf))
  return [...best, ...found.filter((pair) => !names.has(nameOf(pair))).slice(0, places - best.length)]
}
