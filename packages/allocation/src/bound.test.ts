import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exactValue } from '../test/exact.ts'
import { smallMarkets } from '../test/small-market.ts'
import { allocate, type Market, type Policy } from './index.ts'

const policies: readonly Policy[] = [
  { kind: 'most-help' },
  { kind: 'worst-off-first' },
  { kind: 'balanced', fairness: 0.4 },
]
const tiny = smallMarkets({ weeks: 6, requests: 3, offers: 3, parties: 2 })

describe.each(policies)('$kind', (policy) => {
  test('the bound is never below the best plan there is, and the value never above it', () => {
    fc.assert(
      fc.property(few(tiny, 7), (market) => {
        const best = exactValue(market, policy)
        const { value, bound } = allocate(market, policy, { iterations: 100 })
        expect(bound).toBeGreaterThanOrEqual(best * (1 - 1e-9) - 1e-9)
        expect(value).toBeLessThanOrEqual(best * (1 + 1e-6) + 1e-6)
      }),
      { seed: 11, numRuns: 150 },
    )
  })
})

test('a small market is nearly always solved to the best plan there is', () => {
  let missed = 0
  fc.assert(
    fc.property(few(smallMarkets({ weeks: 6, requests: 3, offers: 3, parties: 2, maxProviders: 2 }), 7), (market) => {
      const best = exactValue(market, { kind: 'most-help' })
      if (allocate(market, { kind: 'most-help' }, { iterations: 300 }).value < best * (1 - 1e-6)) missed += 1
    }),
    { seed: 12, numRuns: 150 },
  )
  expect(missed).toBeLessThanOrEqual(2)
})

test.each(policies)(
  'the bound holds for the best plan also where the plan it comes with is a poor one ($kind)',
  (policy) => {
    fc.assert(
      fc.property(few(tiny, 7), (market) => {
        const { bound } = allocate(market, policy, { iterations: 0 })
        expect(bound).toBeGreaterThanOrEqual(exactValue(market, policy) * (1 - 1e-9) - 1e-9)
      }),
      { seed: 14, numRuns: 150 },
    )
  },
)

test('with more than two providers the bound counts what the search did not find', () => {
  const term = { fromWeek: 0, toWeek: 10 }
  const market: Market = {
    weeks: 10,
    maxProviders: 3,
    requests: [{ id: 'r', party: 'p', demand: [{ ...term, hoursPerWeek: 9 }], minimumSlice: 1 }],
    offers: [8, 3, 3, 3].map((hoursPerWeek, at) => ({
      id: `o${at}`,
      party: 'q',
      capacity: [{ ...term, hoursPerWeek }],
      minimumSlice: hoursPerWeek,
    })),
    edges: [0, 1, 2, 3].map((at) => ({ request: 'r', offer: `o${at}`, score: 1 })),
  }
  expect(allocate(market, { kind: 'most-help' }, { iterations: 0 }).bound).toBeGreaterThanOrEqual(90)
})

test('searching never ends with less than it began with', () => {
  fc.assert(
    fc.property(smallMarkets({ weeks: 10, requests: 8, offers: 6, parties: 3 }), (market) => {
      const begun = allocate(market, { kind: 'most-help' }, { iterations: 0 })
      const searched = allocate(market, { kind: 'most-help' }, { iterations: 40 })
      expect(searched.value).toBeGreaterThanOrEqual(begun.value * (1 - 1e-9))
    }),
    { seed: 15, numRuns: 150 },
  )
})

test('another offer never lowers the help by more than the certified gap', () => {
  const markets = smallMarkets({ weeks: 10, requests: 6, offers: 6, parties: 3 })
  fc.assert(
    fc.property(markets, (market) => {
      const gone = market.offers[0]?.id
      const fewer = {
        ...market,
        offers: market.offers.filter(({ id }) => id !== gone),
        edges: market.edges.filter(({ offer }) => offer !== gone),
      }
      const before = allocate(fewer, { kind: 'most-help' }, { iterations: 100 })
      const after = allocate(market, { kind: 'most-help' }, { iterations: 100 })
      expect(after.value).toBeGreaterThanOrEqual(before.value - after.gap * after.bound - 1e-6)
    }),
    { seed: 13, numRuns: 100 },
  )
})

/** Markets of which at most so many edges are left, so that every choice of them can be tried. */
function few(markets: fc.Arbitrary<Market>, most: number): fc.Arbitrary<Market> {
  return markets.map((market) => ({ ...market, edges: market.edges.slice(0, most) }))
}
