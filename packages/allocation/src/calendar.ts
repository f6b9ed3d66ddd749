import { type Market, type Segment } from './market.ts'

/** Hours are told apart from nothing by this share of the largest weekly hours in the market. */
export const tolerance = 1e-9

/**
 * What is left to give and to get in every week once the locked assignments have theirs, in the engine's own unit: the largest
 * weekly hours of the market are 1, so that scaling all hours scales the plan.
 */
export type Calendar = Readonly<{
  hours: number
  /** Per request, the weeks one after another. */
  demand: Float64Array
  /** Per offer, the weeks one after another. */
  capacity: Float64Array
}>

/** Throws a RangeError when a locked assignment takes hours that are not asked for or not offered. */
export function calendarOf(market: Market, requestAt: Map<string, number>, offerAt: Map<string, number>): Calendar {
  const { weeks, requests, offers, locked = [] } = market
  const hours = largest([...requests.map(({ demand }) => demand), ...offers.map(({ capacity }) => capacity)])
  const demand = new Float64Array(requests.length * weeks)
  const capacity = new Float64Array(offers.length * weeks)
  for (const request of requests) spread(request.demand, demand, placeOf(requestAt, request.id) * weeks, hours)
  for (const offer of offers) spread(offer.capacity, capacity, placeOf(offerAt, offer.id) * weeks, hours)
  for (const row of locked) {
    for (let week = row.fromWeek; week < row.toWeek; week += 1) {
      for (const [left, at] of [
        [demand, placeOf(requestAt, row.request)],
        [capacity, placeOf(offerAt, row.offer)],
      ] as const) {
        const after = left[at * weeks + week]! - row.hoursPerWeek / hours
        if (after < -tolerance)
          throw new RangeError(`locked ${row.request} and ${row.offer} take hours that are not there`)
        left[at * weeks + week] = after < tolerance ? 0 : after
      }
    }
  }
  return { hours, demand, capacity }
}

/** The place of an id that is known to be there. */
export function placeOf(places: Map<string, number>, id: string): number {
  const place = places.get(id)
  if (place === undefined) throw new RangeError(`nothing is called ${id}`)
  return place
}

function largest(all: readonly (readonly Segment[])[]): number {
  let most = 0
  for (const segments of all) for (const { hoursPerWeek } of segments) most = Math.max(most, hoursPerWeek)
  return most > 0 ? most : 1
}

function spread(segments: readonly Segment[], into: Float64Array, at: number, hours: number): void {
  for (const { fromWeek, toWeek, hoursPerWeek } of segments) {
    into.fill(hoursPerWeek / hours, at + fromWeek, at + toWeek)
  }
}
