import fc from 'fast-check'
import { type Market, type Segment } from '../src/market.ts'

type Shape = {
  weeks: number
  requests: number
  offers: number
  parties: number
  locks?: boolean
  maxProviders?: number
}

/** Markets small enough to think about, with steps, holes, slices and ids in no order. For tests. */
export function smallMarkets({
  weeks,
  requests,
  offers,
  parties,
  locks = false,
  maxProviders,
}: Shape): fc.Arbitrary<Market> {
  const segments = (most: number): fc.Arbitrary<Segment[]> =>
    fc
      .array(
        fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: most })),
        {
          minLength: 1,
          maxLength: 3,
        },
      )
      .map((parts) => {
        let from = 0
        return parts.flatMap(([pause, length, hoursPerWeek]) => {
          const fromWeek = from + pause
          const toWeek = Math.min(weeks, fromWeek + length)
          from = toWeek
          return fromWeek < toWeek ? [{ fromWeek, toWeek, hoursPerWeek }] : []
        })
      })
  const slice = fc.integer({ min: 0, max: 4 })
  const party = fc.integer({ min: 1, max: parties }).map((number) => `party ${number}`)
  return fc
    .record({
      requests: fc.array(fc.record({ party, demand: segments(12), minimumSlice: slice }), {
        minLength: 1,
        maxLength: requests,
      }),
      offers: fc.array(fc.record({ party, capacity: segments(16), minimumSlice: slice }), {
        minLength: 1,
        maxLength: offers,
      }),
      scores: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: requests * offers, maxLength: requests * offers }),
      maxProviders: maxProviders === undefined ? fc.integer({ min: 1, max: 3 }) : fc.constant(maxProviders),
      lock: fc.integer({ min: 0, max: 3 }),
      apart: fc.array(fc.array(fc.nat({ max: weeks - 1 }), { maxLength: 1 }), { minLength: 3, maxLength: 3 }),
    })
    .map(({ lock, ...drawn }) => {
      const some = {
        weeks,
        maxProviders: drawn.maxProviders,
        requests: drawn.requests.map((request, at) => ({ ...request, id: `r${(at * 7) % 10}${at}` })),
        offers: drawn.offers.map((offer, at) => ({ ...offer, id: `o${(at * 7) % 10}${at}` })),
      }
      const edges = some.requests.flatMap(({ id }, r) =>
        some.offers.flatMap((offer, o) => {
          const score = drawn.scores[r * drawn.offers.length + o] ?? 0
          const apart = drawn.apart[score % 3]
          return score > 3 ? [{ request: id, offer: offer.id, score: score / 20, apart }] : []
        }),
      )
      const market = { ...some, edges }
      return locks && lock > 0 ? { ...market, locked: lockedIn(market, lock) } : market
    })
}

/** A decided assignment of so many hours, if the first request and offer that share a week have them. */
function lockedIn({ requests, offers }: Market, hoursPerWeek: number) {
  for (const request of requests) {
    for (const offer of offers) {
      for (const asked of request.demand) {
        for (const given of offer.capacity) {
          const fromWeek = Math.max(asked.fromWeek, given.fromWeek)
          const toWeek = Math.min(asked.toWeek, given.toWeek)
          if (fromWeek >= toWeek || Math.min(asked.hoursPerWeek, given.hoursPerWeek) < hoursPerWeek) continue
          return [{ request: request.id, offer: offer.id, fromWeek, toWeek, hoursPerWeek }]
        }
      }
    }
  }
  return []
}
