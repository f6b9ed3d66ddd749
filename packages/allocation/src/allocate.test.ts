import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, type Market, type Policy } from './index.ts'
import { check } from './check.ts'
import { smallMarkets } from '../test/small-market.ts'

const policies: readonly Policy[] = [
  { kind: 'most-help' },
  { kind: 'worst-off-first' },
  { kind: 'balanced', fairness: 0.5 },
]
const shapes = ['constant', 'by-term'] as const
const markets = smallMarkets({ weeks: 10, requests: 6, offers: 6, parties: 3, locks: true })

describe.each(policies)('$kind', (policy) => {
  test.each(shapes)('an independent checker finds nothing wrong with any plan (%s)', (shape) => {
    fc.assert(
      fc.property(markets, (market) => {
        expect(check(market, policy, allocate(market, policy, { shape, iterations: 50 }), shape)).toEqual([])
      }),
      { seed: 1, numRuns: 150 },
    )
  })

  test('the same seed gives the same plan, whatever order the market comes in', () => {
    fc.assert(
      fc.property(markets, fc.integer(), (market, seed) => {
        const plan = allocate(market, policy, { seed, iterations: 50 })
        expect(allocate(turned(market), policy, { seed, iterations: 50 })).toEqual(plan)
      }),
      { seed: 2, numRuns: 60 },
    )
  })

  test('scaling all hours scales the plan', () => {
    fc.assert(
      fc.property(markets, (market) => {
        const plan = allocate(market, policy, { iterations: 50 })
        const scaled = allocate(scale(market, 3), policy, { iterations: 50 })
        const hours = (times: number, { assignments }: typeof plan) =>
          assignments.map((row) => ({ ...row, hoursPerWeek: Math.round(row.hoursPerWeek * times * 1e6) / 1e6 }))
        expect(hours(1, scaled)).toEqual(hours(3, plan))
        expect(scaled.gap).toBeCloseTo(plan.gap, 9)
      }),
      { seed: 3, numRuns: 60 },
    )
  })
})

test.each(policies)('scores on another scale are worth as much more: $kind', (policy) => {
  fc.assert(
    fc.property(markets, (drawn) => {
      // A power of two, so that nothing is rounded differently; and the highest is 1.
      const scored = (times: number): Market => ({
        ...drawn,
        edges: drawn.edges.map((edge, at) => ({ ...edge, score: times * (at === 0 ? 1 : edge.score) })),
      })
      const plan = allocate(scored(1), policy, { iterations: 50 })
      const other = allocate(scored(128), policy, { iterations: 50 })
      expect(other.assignments).toEqual(plan.assignments)
      expect(check(scored(128), policy, other)).toEqual([])
      expect(other.gap).toBeCloseTo(plan.gap, 9)
    }),
    { seed: 4, numRuns: 60 },
  )
})

function turned(market: Market): Market {
  return {
    ...market,
    requests: market.requests.toReversed(),
    offers: market.offers.toReversed(),
    edges: market.edges.toReversed(),
  }
}

function scale(market: Market, times: number): Market {
  const more = <Row extends { hoursPerWeek: number }>(row: Row) => ({ ...row, hoursPerWeek: row.hoursPerWeek * times })
  return {
    ...market,
    requests: market.requests.map(({ demand, minimumSlice, ...rest }) => ({
      ...rest,
      demand: demand.map(more),
      minimumSlice: minimumSlice * times,
    })),
    offers: market.offers.map(({ capacity, minimumSlice, ...rest }) => ({
      ...rest,
      capacity: capacity.map(more),
      minimumSlice: minimumSlice * times,
    })),
    ...(market.locked ? { locked: market.locked.map(more) } : {}),
  }
}
