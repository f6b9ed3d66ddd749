import { calendarOf, placeOf, tolerance } from './calendar.ts'
import { type Market, type Request, type Shape } from './market.ts'
import { rowsOf, type Rows } from './rows.ts'
import { highestScore } from './worth.ts'
import { addWeek, countWeeks, wordsFor } from './weeks.ts'

/**
 * The market as numbers. Requests, offers and the edges of a request are in the order of their ids, so that the order they come
 * in does not matter. A request has one term (`constant`) or one per segment of its demand (`by-term`); an edge has a slot per
 * term, at `slotStart[edge] + term`: its hours per week there are one unknown. Hours are in the calendar's unit.
 */
export type Problem = Rows &
  Readonly<{
    hours: number
    /** What is worth 1 to the engine, in score-hours. */
    worth: number
    requestIds: readonly string[]
    offerIds: readonly string[]
    parties: readonly string[]
    /** Per request. */
    party: Int32Array
    /** Per request: how many providers it may have beside the locked ones. */
    providers: Int32Array
    /** Per request, one longer: where its edges begin. */
    edgeStart: Int32Array
    /** Per request: how many terms. */
    terms: Int32Array
    /** Per request, one longer: where its terms begin; term t of request r is termStart[r] + t. */
    termStart: Int32Array
    /** Per term, one longer: where its levels begin. A level is the weeks of a term with the same demand. */
    levelStart: Int32Array
    levelHours: Float64Array
    levelWeeks: Int32Array
    /** Per edge. */
    request: Int32Array
    offer: Int32Array
    /** As a share of the highest in the market where that is above 1. */
    score: Float64Array
    slice: Float64Array
    /** Per edge, one longer. */
    slotStart: Int32Array
    /** Per slot: the edge it belongs to, how many weeks, which weeks, and the most hours per week it can have. */
    slotEdge: Int32Array
    weeks: Float64Array
    slotWeeks: Int32Array
    upper: Float64Array
    /** Words per set of weeks. */
    words: number
  }>

/** Of a market whose requests and offers are in the order of their ids. Throws a RangeError when the locked assignments do not fit. */
export function problemOf(market: Market, shape: Shape): Problem {
  const { weeks, requests, offers, maxProviders = 2, locked = [] } = market
  const words = wordsFor(weeks)
  const requestAt = new Map(requests.map(({ id }, at) => [id, at]))
  const offerAt = new Map(offers.map(({ id }, at) => [id, at]))
  const parties = [...new Set(requests.map(({ party }) => party))].sort()
  const partyAt = new Map(parties.map((party, at) => [party, at]))
  const { hours, demand, capacity } = calendarOf(market, requestAt, offerAt)

  const terms = termsOf(requests, demand, weeks, words, shape)
  const lockedOffers = requests.map(() => new Set<number>())
  for (const row of locked) lockedOffers[placeOf(requestAt, row.request)]?.add(placeOf(offerAt, row.offer))

  const edges = sortedEdges(market, requestAt, offerAt, requests.length)
  const highest = highestScore(market)
  const edgeStart = new Int32Array(requests.length + 1)
  const request = new Int32Array(edges.count)
  const offer = new Int32Array(edges.count)
  const score = new Float64Array(edges.count)
  const slice = new Float64Array(edges.count)
  const slotStart = new Int32Array(edges.count + 1)
  let slotCount = 0
  for (let r = 0; r < requests.length; r += 1) slotCount += (edges.start[r + 1]! - edges.start[r]!) * terms.count[r]!
  const slotEdge = new Int32Array(slotCount)
  const slotLength = new Float64Array(slotCount)
  const slotWeeks = new Int32Array(slotCount * words)
  const upper = new Float64Array(slotCount)
  let edge = 0
  let slot = 0
  for (let r = 0; r < requests.length; r += 1) {
    for (let at = edges.start[r]!; at < edges.start[r + 1]!; at += 1) {
      const o = edges.offer[at]!
      if (lockedOffers[r]?.has(o)) continue
      const least = Math.max(requests[r]?.minimumSlice ?? 0, offers[o]?.minimumSlice ?? 0) / hours
      const apart = edges.apart[at]
      let usable = false
      for (let term = 0; term < terms.count[r]!; term += 1) {
        const place = slot + term
        let most = Infinity
        slotWeeks.fill(0, place * words, (place + 1) * words)
        for (let week = terms.from[r]!; week < terms.to[r]!; week += 1) {
          if (terms.ofWeek[r * weeks + week] !== term || apart?.includes(week)) continue
          const both = Math.min(demand[r * weeks + week]!, capacity[o * weeks + week]!)
          if (both <= 0) continue
          addWeek(slotWeeks, place * words, week)
          if (both < most) most = both
        }
        const fits = most < Infinity && most >= least - tolerance
        upper[place] = fits ? most : 0
        if (!fits) slotWeeks.fill(0, place * words, (place + 1) * words)
        slotLength[place] = countWeeks(slotWeeks, place * words, words)
        slotEdge[place] = edge
        usable ||= fits
      }
      if (!usable) continue
      request[edge] = r
      offer[edge] = o
      score[edge] = edges.score[at]! / highest
      slice[edge] = least
      slotStart[edge] = slot
      slot += terms.count[r]!
      edge += 1
    }
    edgeStart[r + 1] = edge
  }
  slotStart[edge] = slot
  const slots = {
    slotEdge: slotEdge.slice(0, slot),
    weeks: slotLength.slice(0, slot),
    slotWeeks: slotWeeks.slice(0, slot * words),
    upper: upper.slice(0, slot),
  }
  return {
    hours,
    worth: hours * highest,
    requestIds: requests.map(({ id }) => id),
    offerIds: offers.map(({ id }) => id),
    parties,
    party: Int32Array.from(requests, ({ party }) => placeOf(partyAt, party)),
    providers: Int32Array.from(requests, (_, r) => Math.max(0, maxProviders - (lockedOffers[r]?.size ?? 0))),
    edgeStart,
    terms: terms.count,
    termStart: terms.start,
    levelStart: terms.levelStart,
    levelHours: terms.levelHours,
    levelWeeks: terms.levelWeeks,
    request: request.slice(0, edge),
    offer: offer.slice(0, edge),
    score: score.slice(0, edge),
    slice: slice.slice(0, edge),
    slotStart: slotStart.slice(0, edge + 1),
    ...slots,
    words,
    ...rowsOf({ ...slots, offer, capacity, calendarWeeks: weeks, offers: offers.length, words }),
  }
}

/** Edges grouped by request, each group in the order of the offers. */
function sortedEdges(
  { edges }: Market,
  requestAt: Map<string, number>,
  offerAt: Map<string, number>,
  requests: number,
) {
  const start = new Int32Array(requests + 1)
  const of = Int32Array.from(edges, ({ request }) => placeOf(requestAt, request))
  for (const r of of) start[r + 1]! += 1
  for (let r = 0; r < requests; r += 1) start[r + 1]! += start[r]!
  const next = start.slice()
  const order = new Int32Array(edges.length)
  of.forEach((r, at) => {
    order[next[r]!] = at
    next[r]! += 1
  })
  const offerOf = Int32Array.from(edges, ({ offer }) => placeOf(offerAt, offer))
  for (let r = 0; r < requests; r += 1) {
    order.subarray(start[r], start[r + 1]).sort((a, b) => offerOf[a]! - offerOf[b]!)
  }
  return {
    count: edges.length,
    start,
    offer: Int32Array.from(order, (at) => offerOf[at]!),
    score: Float64Array.from(order, (at) => edges[at]?.score ?? 0),
    apart: Array.from(order, (at) => edges[at]?.apart),
  }
}

/** Which term every week of every request belongs to (−1: none), and the levels of demand within each. */
function termsOf(requests: readonly Request[], demand: Float64Array, weeks: number, words: number, shape: Shape) {
  const count = new Int32Array(requests.length)
  const start = new Int32Array(requests.length + 1)
  const from = new Int32Array(requests.length)
  const to = new Int32Array(requests.length)
  const ofWeek = new Int16Array(requests.length * weeks).fill(-1)
  const levels: { hours: number; weeks: Int32Array }[] = []
  const levelStart: number[] = [0]
  requests.forEach((request, r) => {
    const segments = [...request.demand].sort((a, b) => a.fromWeek - b.fromWeek)
    from[r] = segments[0]?.fromWeek ?? 0
    to[r] = segments.at(-1)?.toWeek ?? 0
    segments.forEach(({ fromWeek, toWeek }, at) =>
      ofWeek.fill(shape === 'by-term' ? at : 0, r * weeks + fromWeek, r * weeks + toWeek),
    )
    count[r] = shape === 'by-term' ? Math.max(1, segments.length) : 1
    start[r + 1] = start[r]! + count[r]
    for (let term = 0; term < count[r]; term += 1) {
      const ofTerm = new Map<number, Int32Array>()
      for (let week = from[r]; week < to[r]; week += 1) {
        const hours = demand[r * weeks + week]!
        if (ofWeek[r * weeks + week] !== term || hours <= 0) continue
        const level = ofTerm.get(hours) ?? new Int32Array(words)
        addWeek(level, 0, week)
        ofTerm.set(hours, level)
      }
      for (const [hours, level] of ofTerm) levels.push({ hours, weeks: level })
      levelStart.push(levels.length)
    }
  })
  const levelWeeks = new Int32Array(levels.length * words)
  levels.forEach((level, at) => levelWeeks.set(level.weeks, at * words))
  return {
    count,
    start,
    from,
    to,
    ofWeek,
    levelStart: Int32Array.from(levelStart),
    levelHours: Float64Array.from(levels, ({ hours }) => hours),
    levelWeeks,
  }
}
