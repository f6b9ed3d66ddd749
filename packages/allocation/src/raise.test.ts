import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactValue } from '../test/exact.ts'
import { smallMarkets } from '../test/small-market.ts'
import { inOrder } from './allocate.ts'
import { aloneAtMost } from './alone.ts'
import { construct } from './construct.ts'
import { allocate, type Market } from './index.ts'
import { steepLadder } from './ladder.ts'
import { hoursOf, objectiveOf } from './objective.ts'
import { pricesOf } from './prices.ts'
import { problemOf } from './problem.ts'
import { raiseAll } from './raise.ts'
import { randomFrom } from './random.ts'
import { emptyState } from './state.ts'
import { subproblemOf } from './subproblem.ts'
import { weightsOf } from './weights.ts'

const fair = { kind: 'worst-off-first' } as const
const small = smallMarkets({ weeks: 6, requests: 4, offers: 3, parties: 2, maxProviders: 2 }).map((market) => ({
  ...market,
  edges: market.edges.slice(0, 8),
}))

test('in a small market the smallest coverage is nearly always the highest that any plan has', () => {
  let missed = 0
  fc.assert(
    fc.property(small, (market) => {
      const best = exactValue(market, fair)
      const { value } = allocate(market, fair, { iterations: 600 })
      expect(value).toBeLessThanOrEqual(best * (1 + 1e-6) + 1e-9)
      if (value < best * (1 - 1e-6) - 1e-9) missed += 1
    }),
    { seed: 31, numRuns: 200 },
  )
  expect(missed).toBeLessThanOrEqual(1)
})

test('what a party can reach alone is never said to be less than the best plan gives it', () => {
  fc.assert(
    fc.property(small, (drawn) => {
      const market = inOrder({ ...drawn, requests: drawn.requests.map((request) => ({ ...request, party: 'only' })) })
      const best = exactValue(market, fair)
      expect(alone(market)).toBeGreaterThanOrEqual(best * (1 - 1e-9) - 1e-9)
    }),
    { seed: 32, numRuns: 200 },
  )
})

test('where the requests of one party compete for an offer, it is not said to reach what each could have for itself', () => {
  const term = { fromWeek: 0, toWeek: 10 }
  const market: Market = {
    weeks: 10,
    requests: ['r1', 'r2'].map((id) => ({ id, party: 'p', demand: [{ ...term, hoursPerWeek: 8 }], minimumSlice: 1 })),
    offers: [{ id: 'o', party: 'q', capacity: [{ ...term, hoursPerWeek: 10 }], minimumSlice: 1 }],
    edges: ['r1', 'r2'].map((request) => ({ request, offer: 'o', score: 1 })),
  }
  expect(alone(market)).toBeCloseTo(10 / 16, 6)
  const { value, gap } = allocate(market, fair)
  expect(value).toBeCloseTo(10 / 16, 6)
  expect(gap).toBeLessThan(1e-6)
})

test('a party that takes every hour of an offer gives way to one that can reach what all others have only there', () => {
  const term = { fromWeek: 0, toWeek: 10 }
  const request = (id: string, party: string, hoursPerWeek: number) => ({
    id,
    party,
    demand: [{ ...term, hoursPerWeek }],
    minimumSlice: 4,
  })
  const offer = (id: string, hoursPerWeek: number) => ({
    id,
    party: 'q',
    capacity: [{ ...term, hoursPerWeek }],
    minimumSlice: 4,
  })
  const market: Market = {
    weeks: 10,
    maxProviders: 1,
    requests: [request('a', 'a', 8), request('b', 'b', 8), request('c', 'c', 8)],
    offers: [offer('one', 8), offer('two', 8), offer('three', 8)],
    edges: [
      { request: 'a', offer: 'one', score: 1 },
      { request: 'b', offer: 'one', score: 1 },
      { request: 'b', offer: 'two', score: 0.5 },
      { request: 'c', offer: 'two', score: 1 },
      { request: 'c', offer: 'three', score: 0.5 },
    ],
  }
  expect(allocate(market, fair).value).toBeCloseTo(1, 9)
})

test('a lift that fails leaves the plan that was kept', () => {
  let failed = 0
  fc.assert(
    fc.property(small, (drawn) => {
      const market = inOrder(drawn)
      const problem = problemOf(market, 'constant')
      const subproblem = subproblemOf(problem)
      const objective = objectiveOf(market, problem, 0.05, steepLadder(1))
      const prices = pricesOf(problem, subproblem, objective, { target: 0, steps: 20, over: () => false })
      const state = emptyState(problem, subproblem)
      construct(problem, state, prices)
      let settled = 0
      let kept = state.hours.slice()
      raiseAll(problem, subproblem, state, objective, {
        ...{ prices, steps: 200, random: randomFrom(1), passed: () => 0 },
        // More than there is, so that some lift fails.
        atMost: 1.2,
        settle: () => {
          settled += 1
          kept = state.hours.slice()
          return 0
        },
      })
      if (settled < 4) failed += 1
      expect(state.hours).toEqual(kept)
    }),
    { seed: 33, numRuns: 60 },
  )
  expect(failed).toBeGreaterThan(20)
})

test('what stays short counts more, and less again once it is not', () => {
  const given = Float64Array.of(1, 2, 5)
  const short = weightsOf(Float64Array.of(4, 4, 4), new Float64Array(3), given)
  for (const party of [0, 1, 2]) short.mark(party)
  expect(short.count()).toBe(2)
  expect([0, 0.99].map((share) => short.at(share))).toEqual([0, 1])
  expect([0, 1, 2].map((party) => short.penalty(party))).toEqual([3, 2, 0])
  for (let step = 0; step < 1_000; step += 1) short.pass(step)
  expect(short.penalty(0)).toBeGreaterThan(10)
  const heavy = short.penalty(1)
  given[1] = 4
  short.mark(1)
  expect(short.count()).toBe(1)
  expect(short.at(0.99)).toBe(0)
  for (let step = 1_000; step < 2_000; step += 1) short.pass(step)
  given[1] = 2
  expect(short.penalty(1)).toBeLessThan(heavy)
})

function alone(market: Market): number {
  const problem = problemOf(market, 'constant')
  return aloneAtMost(problem, subproblemOf(problem), hoursOf(market, problem), () => false)
}
