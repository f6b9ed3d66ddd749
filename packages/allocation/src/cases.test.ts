import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactValue } from '../test/exact.ts'
import { smallMarkets } from '../test/small-market.ts'
import { allocate, inOrder } from './allocate.ts'
import { treeOf } from './branch.ts'
import { gather } from './gather.ts'
import { ledgerOf } from './ledger.ts'
import { type Market } from './market.ts'
import { type Objective, objectiveOf } from './objective.ts'
import { partOf } from './part.ts'
import { pricesOf } from './prices.ts'
import { type Problem, problemOf } from './problem.ts'
import { randomFrom } from './random.ts'
import { recombine } from './recombine.ts'
import { emptyState, type State } from './state.ts'
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
    fc.property(markets, fc.constantFrom(0, 0.5, 0.99), fc.boolean(), (drawn, share, deep) => {
      const market = { ...inOrder(drawn), edges: drawn.edges.slice(0, 8) }
      const best = exactValue(market, help)
      const { bound, found } = growing(market, { target: share * best, cases: 400, seed: 1, deep })
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
      const [one, other] = [seed, seed + 1].map((start) => inChanceOrder(problem, objective, start))
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

test('of the slots that two plans use the best plan is put together, and no other slot is used', () => {
  const markets = smallMarkets({ weeks: 10, requests: 8, offers: 6, parties: 3, maxProviders: 2 })
  fc.assert(
    fc.property(markets, fc.integer(), (drawn, seed) => {
      const market = inOrder(drawn)
      const problem = problemOf(market, 'constant')
      const objective = objectiveOf(market, problem, 1)
      const prices = pricesOf(problem, subproblemOf(problem), objective, { target: 0, steps: 20, over: () => false })
      const plans = [seed, seed + 1].map((start) => inChanceOrder(problem, objective, start))
      const worthOf = (hours: Float64Array) => ledgerOf(problem, objective, hours).worth()
      const met = Uint8Array.from(problem.upper, (_, slot) => (plans.some(({ hours }) => hours[slot]! > 0) ? 1 : 0))
      const better = Math.max(...plans.map(({ hours }) => worthOf(hours)))
      const all = { cases: 500, over: () => false }
      fc.pre(better > 0)
      const gathered = gather(problem, prices, met, { value: 0.9 * better, ...all })
      if (!gathered) throw new Error('either plan is worth more than asked for')
      expect(worthOf(gathered)).toBeGreaterThanOrEqual(better * (1 - 1e-6))
      expect(gathered.every((hours, slot) => hours === 0 || met[slot] === 1)).toBe(true)
      expect(gather(problem, prices, met, { value: worthOf(gathered), ...all })).toBeUndefined()
    }),
    { seed: 25, numRuns: 200 },
  )
})

/** A plan that serves the requests in an order drawn by chance. */
function inChanceOrder(problem: Problem, { gain }: Objective, seed: number): State {
  const state = emptyState(problem, subproblemOf(problem))
  const random = randomFrom(seed)
  const order = problem.requestIds.map((_, request) => ({ request, luck: random() }))
  for (const { request } of order.sort((a, b) => a.luck - b.luck)) state.place(request, gain)
  return state
}

/** What the market's tree says, in score-hours. */
function growing(
  market: Market,
  { target, cases, seed, deep = false }: { target: number; cases: number; seed: number; deep?: boolean },
) {
  const problem = problemOf(market, 'constant')
  const { gain } = objectiveOf(market, problem, 1)
  const part = partOf(problem, [...problem.requestIds.keys()], problem.rowCapacity)
  const random = randomFrom(seed)
  const price = Float64Array.from(problem.rowCapacity, () => random())
  const tree = treeOf(part, gain, price)
  const { bound, found } = tree.grow({ target: target / problem.hours, cases, deep, over: () => false })
  return { bound: bound * problem.hours, found: (found?.worth ?? 0) * problem.hours }
}
