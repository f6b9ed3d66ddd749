import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactValue } from '../test/exact.ts'
import { smallMarkets } from '../test/small-market.ts'
import { check } from './check.ts'
import { componentsOf } from './components.ts'
import { allocate, type Market, type Policy, type Progress } from './index.ts'

const help = { kind: 'most-help' } as const
const drawn = smallMarkets({ weeks: 6, requests: 9, offers: 3, parties: 2, locks: true, maxProviders: 2 }).map(
  (market) => ({ ...market, edges: market.edges.slice(0, 8) }),
)
const side = fc.array(drawn, { minLength: 3, maxLength: 3 })

test('every request is in one component, with all that it is tied to and nothing else', () => {
  let several = 0
  fc.assert(
    fc.property(side, (markets) => {
      const market = beside(markets)
      const components = componentsOf(market)
      if (components.length > 1) several += 1
      const requests = components.flatMap((one) => one.requests)
      expect(requests).toHaveLength(market.requests.length)
      expect(new Set(requests)).toEqual(new Set(market.requests))
      expect(new Set(components.flatMap((one) => one.edges))).toEqual(new Set(market.edges))
      expect(components.flatMap((one) => one.locked ?? [])).toHaveLength(market.locked?.length ?? 0)
      const places = components.flatMap(({ offers }) => offers.map(({ id }) => id))
      expect(new Set(places).size).toBe(places.length)
      for (const { requests, offers, edges, locked = [] } of components) {
        const known = new Set([...requests, ...offers].map(({ id }) => id))
        for (const { request, offer } of [...edges, ...locked])
          expect([known.has(request), known.has(offer)]).toEqual([true, true])
        // Only the last may be what is left over.
        if (edges !== components.at(-1)?.edges) expect(requests.length).toBeGreaterThanOrEqual(8)
      }
    }),
    { seed: 41, numRuns: 200 },
  )
  expect(several).toBeGreaterThan(100)
})

test('what components are worth adds up: the plan is right, and its bound is never below the best plan, nor is any that is told', () => {
  fc.assert(
    fc.property(side, (markets) => {
      const free = markets.map((market) => ({ ...market, locked: [] }))
      const best = free.reduce((sum, market) => sum + exactValue(market, help), 0)
      const market = beside(free)
      const told: Progress[] = []
      const plan = allocate(market, help, { iterations: 600, onProgress: (progress) => told.push(progress) })
      expect(check(market, help, plan)).toEqual([])
      expect(plan.value).toBeLessThanOrEqual(best * (1 + 1e-9) + 1e-9)
      for (const { bound } of [plan, ...told]) expect(bound).toBeGreaterThanOrEqual(best * (1 - 1e-9) - 1e-9)
      const order = plan.assignments.map(({ request, offer }) => `${request} ${offer}`)
      expect(order).toEqual(order.toSorted())
      const done = told.map((progress) => progress.done)
      expect(done).toEqual(done.toSorted((a, b) => a - b))
    }),
    { seed: 42, numRuns: 60 },
  )
})

test.each<[string, Policy]>([
  ['most help', help],
  ['worst off first', { kind: 'worst-off-first' }],
  ['balanced', { kind: 'balanced', fairness: 0.5 }],
])('what is locked in any of them is kept, and a party may ask in several: %s', (_, policy) => {
  fc.assert(
    fc.property(side, (markets) => {
      const market = beside(markets)
      expect(check(market, policy, allocate(market, policy, { iterations: 300 }))).toEqual([])
    }),
    { seed: 43, numRuns: 30 },
  )
})

test('a party that asks in several of them has one coverage', () => {
  const term = { fromWeek: 0, toWeek: 6 }
  const half: Market = {
    weeks: 6,
    requests: Array.from({ length: 8 }, (_, at) => ({
      id: `r${at}`,
      party: 'p',
      demand: [{ ...term, hoursPerWeek: 2 }],
      minimumSlice: 1,
    })),
    offers: [{ id: 'o', party: 'q', capacity: [{ ...term, hoursPerWeek: 8 }], minimumSlice: 1 }],
    edges: Array.from({ length: 8 }, (_, at) => ({ request: `r${at}`, offer: 'o', score: 1 })),
  }
  const market = beside([half, half])
  expect(componentsOf(market)).toHaveLength(2)
  const { value, bound } = allocate(market, { kind: 'worst-off-first' }, { iterations: 500 })
  expect([value, bound]).toEqual([expect.closeTo(0.5, 6), expect.closeTo(0.5, 6)])
})

test('they share the steps that the whole may take', () => {
  const market = beside([knot, knot, knot])
  expect(componentsOf(market)).toHaveLength(3)
  const { steps } = allocate(market, help, { iterations: 3_000 })
  expect(steps).toBeGreaterThan(3_000)
  // Each has its own steps towards a bound.
  expect(steps).toBeLessThanOrEqual(3_000 + 3 * 151)
})

test('the plan of a small market is proven to be the best, and there it ends', () => {
  const requests = knot.requests.slice(0, 8)
  const loose = { ...knot, requests, edges: knot.edges.filter((_, at) => at % 12 < 8 && at % 5 < 2) }
  const { gap, steps } = allocate(beside([loose, loose]), help)
  expect(gap).toBeLessThan(1e-5)
  expect(steps).toBeLessThan(20_000)
})

/** Twelve requests that compete for nine offers. */
const knot: Market = {
  weeks: 6,
  requests: Array.from({ length: 12 }, (_, at) => ({
    id: `r${at}`,
    party: `p${at % 4}`,
    demand: [{ fromWeek: at % 3, toWeek: 6, hoursPerWeek: 4 + ((at * 5) % 9) }],
    minimumSlice: 2,
  })),
  offers: Array.from({ length: 9 }, (_, at) => ({
    id: `o${at}`,
    party: 'q',
    capacity: [{ fromWeek: 0, toWeek: 4 + (at % 3), hoursPerWeek: 5 + ((at * 7) % 6) }],
    minimumSlice: 3,
  })),
  edges: Array.from({ length: 108 }, (_, at) => ({
    request: `r${at % 12}`,
    offer: `o${Math.floor(at / 12)}`,
    score: 0.3 + ((at * 37) % 70) / 100,
  })),
}

/** Markets side by side, as one; their parties are the same. */
function beside(markets: readonly Market[]): Market {
  const named = (id: string, at: number) => `${id}-${at}`
  return {
    weeks: 6,
    maxProviders: 2,
    requests: markets.flatMap(({ requests }, at) => requests.map((one) => ({ ...one, id: named(one.id, at) }))),
    offers: markets.flatMap(({ offers }, at) => offers.map((one) => ({ ...one, id: named(one.id, at) }))),
    edges: markets.flatMap(({ edges }, at) =>
      edges.map((one) => ({ ...one, request: named(one.request, at), offer: named(one.offer, at) })),
    ),
    locked: markets.flatMap(({ locked = [] }, at) =>
      locked.map((one) => ({ ...one, request: named(one.request, at), offer: named(one.offer, at) })),
    ),
  }
}
