import { type Market, type Policy, type Segment } from './market.ts'

/** Throws a RangeError that names what is wrong with the market or the policy. The engine itself trusts what it is given. */
export function validate(market: Market, policy: Policy): void {
  const { weeks, requests, offers, edges, locked = [], excluded = [], maxProviders = 2 } = market
  demandThat(Number.isInteger(weeks) && weeks >= 0, 'weeks is not a whole number')
  demandThat(Number.isInteger(maxProviders) && maxProviders >= 1, 'maxProviders is not a whole number from 1')
  if (policy.kind === 'balanced') {
    demandThat(policy.fairness >= 0 && policy.fairness <= 1, 'fairness is not within 0 to 1')
  }
  const requestIds = idsOf('request', requests)
  const offerIds = idsOf('offer', offers)
  for (const { id, demand, minimumSlice } of requests) hours(`request ${id}`, demand, minimumSlice, weeks)
  for (const { id, capacity, minimumSlice } of offers) hours(`offer ${id}`, capacity, minimumSlice, weeks)
  const pairs = new Map<string, Set<string>>()
  for (const { request, offer, score, apart = [] } of edges) {
    demandThat(requestIds.has(request), `an edge names a request that is not there: ${request}`)
    demandThat(offerIds.has(offer), `an edge names an offer that is not there: ${offer}`)
    demandThat(score >= 0 && Number.isFinite(score), `the score of ${request} and ${offer} is not a number from 0`)
    const seen = pairs.get(request) ?? new Set()
    demandThat(!seen.has(offer), `${request} and ${offer} have two edges`)
    for (const week of apart) {
      const isWeek = Number.isInteger(week) && 0 <= week && week < weeks
      demandThat(isWeek, `${request} and ${offer} are apart in a week that is not there`)
    }
    pairs.set(request, seen.add(offer))
  }
  for (const row of locked) {
    assertPair('locked', row, requestIds, offerIds)
    stretch(`locked ${row.request} and ${row.offer}`, row, weeks)
  }
  for (const pair of excluded) assertPair('excluded', pair, requestIds, offerIds)
}

function demandThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new RangeError(otherwise)
}

function idsOf(noun: string, things: readonly { id: string }[]): Set<string> {
  const ids = new Set<string>()
  for (const { id } of things) {
    demandThat(!ids.has(id), `two ${noun}s are called ${id}`)
    ids.add(id)
  }
  return ids
}

function hours(who: string, segments: readonly Segment[], minimumSlice: number, weeks: number): void {
  demandThat(minimumSlice >= 0 && Number.isFinite(minimumSlice), `${who}: minimumSlice is not a number from 0`)
  let end = 0
  for (const segment of [...segments].sort((a, b) => a.fromWeek - b.fromWeek)) {
    stretch(who, segment, weeks)
    demandThat(segment.fromWeek >= end, `${who}: two segments overlap`)
    end = segment.toWeek
  }
}

function stretch(who: string, { fromWeek, toWeek, hoursPerWeek }: Segment, weeks: number): void {
  demandThat(Number.isInteger(fromWeek) && Number.isInteger(toWeek), `${who}: a week is not a whole number`)
  demandThat(0 <= fromWeek && fromWeek < toWeek && toWeek <= weeks, `${who}: a segment is not within the weeks`)
  demandThat(hoursPerWeek >= 0 && Number.isFinite(hoursPerWeek), `${who}: hoursPerWeek is not a number from 0`)
}

function assertPair(
  what: string,
  { request, offer }: Readonly<{ request: string; offer: string }>,
  requests: Set<string>,
  offers: Set<string>,
): void {
  demandThat(requests.has(request), `${what} names a request that is not there: ${request}`)
  demandThat(offers.has(offer), `${what} names an offer that is not there: ${offer}`)
}
