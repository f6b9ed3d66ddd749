import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactValue } from '../test/exact.ts'
import { smallMarkets } from '../test/small-market.ts'
import { allocate, inOrder } from './allocate.ts'
import { branch } from './branch.ts'
import { ledgerOf } from './ledger.ts'
import { type Market } from './market.ts'
import { objectiveOf } from './objective.ts'
import { partOf } from './part.ts'
import { problemOf } from './problem.ts'
import { randomFrom } from './random.ts'
import { recombine } from './recombine.ts'
import { emptyState } from './state.ts'
import { subproblemOf } from './subproblem.ts'

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

test('of two plans the better of every part is taken, and the whole keeps within the capacity', () => {
  const markets = smallMarkets({ weeks: 10, requests: 8, offers: 6, parties: 3, maxProviders: 2 })
  fc.assert(
    fc.property(markets, fc.integer(), (drawn, seed) => {
      const market = inOrder(drawn)
      const problem = problemOf(market, 'constant')
      const objective = objectiveOf(market, problem, 1)
      const [one, other] = [seed, seed + 1].map((start) => {
        const state = emptyState(problem, subproblemOf(problem))
        const random = randomFrom(start)
        const order = problem.requestIds.map((_, request) => ({ request, luck: random() }))
        for (const { request } of order.sort((a, b) => a.luck - b.luck)) state.place(request, objective.gain)
        return state
      })
      if (!one || !other) throw new Error('there are two plans')
      const ledger = ledgerOf(problem, objective, one.hours)
      const worth = [one, other].map(({ hours }) => ledgerOf(problem, objective, hours).worth())
      recombine(problem, one, ledger, other.hours)
      expect(ledger.worth()).toBeGreaterThanOrEqual(Math.max(...worth) - 1e-9)
      expect(ledgerOf(problem, objective, one.hours).worth()).toBeCloseTo(ledger.worth(), 9)
      expect(Math.min(0, ...one.left)).toBeGreaterThanOrEqual(-1e-8)
    }),
    { seed: 23, numRuns: 200 },
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
