import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactValue } from '../test/exact.ts'
import { smallMarkets } from '../test/small-market.ts'
import { allocate } from './allocate.ts'
import { branch } from './branch.ts'
import { type Market } from './market.ts'
import { objectiveOf } from './objective.ts'
import { partOf } from './part.ts'
import { problemOf } from './problem.ts'
import { randomFrom } from './random.ts'

const help = { kind: 'most-help' } as const

test('the bound of a tree of cases is never below the best plan, wherever the tree is told to stop', () => {
  const markets = smallMarkets({ weeks: 6, requests: 4, offers: 3, parties: 2, maxProviders: 2 })
  fc.assert(
    fc.property(markets, fc.constantFrom(0.5, 0.9, 0.97, 0.99, 0.999), fc.integer(), (drawn, share, seed) => {
      const market = { ...inOrder(drawn), edges: drawn.edges.slice(0, 8) }
      const best = exactValue(market, help)
      const bound = treeOf(market, { target: share * best, nodes: 60, seed })
      expect(bound).toBeGreaterThanOrEqual(best * (1 - 1e-9) - 1e-9)
    }),
    { seed: 21, numRuns: 600 },
  )
})

test('told of the best plan, a tree of cases nearly always finds that there is none better', () => {
  const markets = smallMarkets({ weeks: 6, requests: 4, offers: 3, parties: 2, maxProviders: 2 })
  let open = 0
  fc.assert(
    fc.property(markets, (drawn) => {
      const market = { ...inOrder(drawn), edges: drawn.edges.slice(0, 8) }
      const best = exactValue(market, help)
      if (treeOf(market, { target: best * (1 + 1e-6) + 1e-6, nodes: 200, seed: 1 }) > best * (1 + 1e-4) + 1e-4)
        open += 1
    }),
    { seed: 22, numRuns: 200 },
  )
  expect(open).toBeLessThanOrEqual(10)
})

test('where hours differ between terms, the bound of a poor plan still holds for a good one', () => {
  const markets = smallMarkets({ weeks: 12, requests: 5, offers: 4, parties: 2, maxProviders: 2 })
  fc.assert(
    fc.property(markets, (market) => {
      const poor = allocate(market, help, { shape: 'by-term', iterations: 0 })
      const good = allocate(market, help, { shape: 'by-term', iterations: 300 })
      expect(poor.bound).toBeGreaterThanOrEqual(good.value * (1 - 1e-9))
    }),
    { seed: 24, numRuns: 100 },
  )
})

/** The bound of the market's tree, or its target where that is higher: in score-hours. */
function treeOf(market: Market, { target, nodes, seed }: { target: number; nodes: number; seed: number }): number {
  const problem = problemOf(market, 'constant')
  const { gain } = objectiveOf(market, problem, 1)
  const requests = problem.requestIds.map((_, request) => request)
  const part = partOf(problem, requests, problem.rowCapacity)
  const random = randomFrom(seed)
  const tree = branch(part, {
    gain: Float64Array.from(part.slots, (slot) => gain[slot]!),
    price: Float64Array.from(part.rows, () => random()),
    target: target / problem.hours,
    nodes,
    over: () => false,
  })
  return Math.max(target, tree.bound * problem.hours)
}

/** As the engine sees it: by id. */
function inOrder(market: Market): Market {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
  return { ...market, requests: market.requests.toSorted(byId), offers: market.offers.toSorted(byId) }
}
