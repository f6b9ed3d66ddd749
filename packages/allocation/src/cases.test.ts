import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactValue } from '../test/exact.ts'
import { smallMarkets } from '../test/small-market.ts'
import { allocate, inOrder } from './allocate.ts'
import { treeOf } from './branch.ts'
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
      const { bound } = growing(market, { target: share * best, cases: 60, seed })
      expect(bound).toBeGreaterThanOrEqual(best * (1 - 1e-9) - 1e-9)
    }),
    { seed: 21, numRuns: 600 },
  )
})

test('told of a poor plan, a tree of cases finds the best one and that there is none better', () => {
  const markets = smallMarkets({ weeks: 6, requests: 4, offers: 3, parties: 2, maxProviders: 2 })
  fc.assert(
    fc.property(markets, fc.constantFrom(0, 0.5, 0.99), (drawn, share) => {
      const market = { ...inOrder(drawn), edges: drawn.edges.slice(0, 8) }
      const best = exactValue(market, help)
      const { bound, found } = growing(market, { target: share * best, cases: 400, seed: 1 })
      expect(found).toBeCloseTo(best, 4)
      expect(bound).toBeLessThanOrEqual(best * (1 + 1e-6) + 1e-6)
    }),
    { seed: 22, numRuns: 200 },
  )
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

/** What the market's tree says, in score-hours. */
function growing(market: Market, { target, cases, seed }: { target: number; cases: number; seed: number }) {
  const problem = problemOf(market, 'constant')
  const { gain } = objectiveOf(market, problem, 1)
  const part = partOf(problem, [...problem.requestIds.keys()], problem.rowCapacity)
  const random = randomFrom(seed)
  const price = Float64Array.from(problem.rowCapacity, () => random())
  const tree = treeOf(part, gain, price)
  const { bound, found } = tree.grow({ target: target / problem.hours, cases, over: () => false })
  return { bound: bound * problem.hours, found: (found?.worth ?? 0) * problem.hours }
}
