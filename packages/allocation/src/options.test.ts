import { describe, expect, test } from 'vitest'
import { allocate, type Market, type Progress } from './index.ts'
import { check } from './check.ts'

const half = { fromWeek: 0, toWeek: 10 }
const market: Market = {
  weeks: 20,
  requests: Array.from({ length: 12 }, (_, at) => ({
    id: `r${at}`,
    party: `p${at % 4}`,
    demand: [{ fromWeek: at % 5, toWeek: 12 + (at % 7), hoursPerWeek: 4 + at }],
    minimumSlice: 1,
  })),
  offers: Array.from({ length: 9 }, (_, at) => ({
    id: `o${at}`,
    party: 'large',
    capacity: [{ fromWeek: at % 4, toWeek: 14 + (at % 5), hoursPerWeek: 6 + 2 * at }],
    minimumSlice: 2,
  })),
  edges: Array.from({ length: 108 }, (_, at) => ({
    request: `r${at % 12}`,
    offer: `o${Math.floor(at / 12)}`,
    score: 0.3 + ((at * 37) % 70) / 100,
  })),
}
const help = { kind: 'most-help' } as const

test('the caller is told how far it has come: first the bound, then the plan, never backwards', () => {
  const told: Progress[] = []
  const plan = allocate(market, help, { iterations: 4_000, onProgress: (progress) => told.push(progress) })
  expect(new Set(told.map(({ stage }) => stage))).toEqual(new Set(['bound', 'plan']))
  for (const what of ['done', 'steps'] as const) {
    const values = told.map((progress) => progress[what])
    expect(values).toEqual(values.toSorted((a, b) => a - b))
  }
  expect(told.every(({ done }) => done >= 0 && done <= 1)).toBe(true)
  expect(told.at(-1)?.bound).toBeCloseTo(plan.bound, 3)
})

test('nor does what is told go backwards where the time is up before the search begins', () => {
  const told: number[] = []
  allocate(market, { kind: 'balanced', fairness: 0.5 }, { budgetMs: 0, onProgress: ({ done }) => told.push(done) })
  expect(told).toEqual(told.toSorted((a, b) => a - b))
})

test('a caller who has had enough gets the plan so far, right and with its certificate', () => {
  const stop = new AbortController()
  const stopped = allocate(market, help, {
    iterations: 1e9,
    signal: stop.signal,
    onProgress: ({ stage }) => stage === 'plan' && stop.abort(),
  })
  expect(stopped.steps).toBeLessThan(10_000)
  expect(check(market, help, stopped)).toEqual([])
  expect(stopped.value).toBeGreaterThan(0)
})

test('while large parts are placed the caller is told how far it has come, and can stop', () => {
  const crowded = crowdedMarket(30)
  const told: Progress[] = []
  const stop = new AbortController()
  const stopped = allocate(crowded, help, {
    iterations: 20_000,
    signal: stop.signal,
    onProgress: (progress) => {
      told.push(progress)
      if (progress.done > 0.7) stop.abort()
    },
  })
  const atStop = told.find(({ done }) => done > 0.7)
  expect(atStop?.done).toBeLessThan(0.9)
  // Half of the steps were still to come, and what is begun is a part at most.
  expect(stopped.steps).toBeLessThan((atStop?.steps ?? 0) + 5_000)
  expect(stopped.gap).toBeGreaterThan(1e-6)
  expect(check(crowded, help, stopped)).toEqual([])
})

test('a caller who stops before it begins gets a plan all the same', () => {
  const plan = allocate(market, { kind: 'worst-off-first' }, { signal: AbortSignal.abort() })
  expect(check(market, { kind: 'worst-off-first' }, plan)).toEqual([])
})

test('a budget in time ends the search, however many iterations are left', () => {
  const plan = allocate(market, help, { iterations: 1e12, budgetMs: 30 })
  expect(check(market, help, plan)).toEqual([])
  expect(plan.steps).toBeLessThan(1e9)
})

test('hours that may differ between terms help at least as much as the same hours all the time', () => {
  const [first, second] = [{ ...half, hoursPerWeek: 8 }, { fromWeek: 10, toWeek: 20, hoursPerWeek: 2 }] // prettier-ignore
  const stepped: Market = {
    weeks: 20,
    requests: [{ id: 'r', party: 'p', demand: [first, second], minimumSlice: 1 }],
    offers: [{ id: 'o', party: 'q', capacity: [{ fromWeek: 0, toWeek: 20, hoursPerWeek: 10 }], minimumSlice: 1 }],
    edges: [{ request: 'r', offer: 'o', score: 1 }],
  }
  expect(allocate(stepped, help, { iterations: 10 }).value).toBeCloseTo(40, 6)
  expect(allocate(stepped, help, { iterations: 10, shape: 'by-term' }).value).toBeCloseTo(100, 6)
})

test('two offers that together do not fit with their slices are not both used', () => {
  const term = { fromWeek: 0, toWeek: 10 }
  const tight: Market = {
    weeks: 10,
    requests: [{ id: 'r', party: 'p', demand: [{ ...term, hoursPerWeek: 5 }], minimumSlice: 1 }],
    offers: ['a', 'b'].map((id) => ({ id, party: 'q', capacity: [{ ...term, hoursPerWeek: 3 }], minimumSlice: 3 })),
    edges: ['a', 'b'].map((offer) => ({ request: 'r', offer, score: 1 })),
  }
  const plan = allocate(tight, help, { iterations: 10 })
  expect(plan.assignments).toEqual([{ request: 'r', offer: 'a', ...term, hoursPerWeek: 3 }])
  expect(plan.bound).toBeCloseTo(30, 6)
})

test('an offer of no score is worth nothing as help, and covers what is asked for all the same', () => {
  const week = { fromWeek: 0, toWeek: 1 }
  const market: Market = {
    weeks: 1,
    requests: [{ id: 'r', party: 'p', demand: [{ ...week, hoursPerWeek: 4 }], minimumSlice: 1 }],
    offers: [{ id: 'o', party: 'q', capacity: [{ ...week, hoursPerWeek: 4 }], minimumSlice: 1 }],
    edges: [{ request: 'r', offer: 'o', score: 0 }],
  }
  for (const kind of ['most-help', 'worst-off-first'] as const) {
    const { coverage, unmet, value } = allocate(market, { kind })
    expect({ coverage, unmet, value }).toEqual({ coverage: { p: 1 }, unmet: [], value: kind === 'most-help' ? 0 : 1 })
  }
})

test('where coverage counts, an offer is split in the middle: both get four fifths', () => {
  const shared: Market = {
    weeks: 40,
    requests: [
      { id: 'a', party: 'a', demand: [{ fromWeek: 0, toWeek: 20, hoursPerWeek: 8 }], minimumSlice: 2 },
      { id: 'b', party: 'b', demand: [{ fromWeek: 10, toWeek: 40, hoursPerWeek: 12 }], minimumSlice: 2 },
    ],
    offers: [10, 6].map((hoursPerWeek, at) => ({
      id: `o${at}`,
      party: 'large',
      capacity: [{ fromWeek: 0, toWeek: 40, hoursPerWeek }],
      minimumSlice: 4 * at,
    })),
    edges: ['a', 'b'].flatMap((id) => ['o0', 'o1'].map((offer) => ({ request: id, offer, score: 0.5 }))),
  }
  const plan = allocate(shared, { kind: 'worst-off-first' }, { iterations: 2_000 })
  expect(plan.coverage).toEqual({ a: expect.closeTo(0.8, 6), b: expect.closeTo(0.8, 6) })
})

describe('what is locked', () => {
  const decided = { request: 'r3', offer: 'o2', fromWeek: 3, toWeek: 9, hoursPerWeek: 0.5 }

  test('is kept to the hour, and its pair gets no more', () => {
    const plan = allocate({ ...market, locked: [decided] }, help, { iterations: 500 })
    expect(plan.assignments.filter(({ request, offer }) => request === 'r3' && offer === 'o2')).toEqual([decided])
    expect(check({ ...market, locked: [decided] }, help, plan)).toEqual([])
  })

  test('leaves nothing more for its pair, whatever the offer has left', () => {
    const [only, lender] = [market.requests[5], market.offers[5]]
    const locked = [{ request: 'r5', offer: 'o5', fromWeek: 6, toWeek: 9, hoursPerWeek: 2 }]
    const pair: Market = {
      weeks: 20,
      requests: only ? [only] : [],
      offers: lender ? [lender] : [],
      edges: [{ request: 'r5', offer: 'o5', score: 1 }],
      locked,
    }
    expect(allocate(pair, help, { iterations: 10 }).assignments).toEqual(locked)
  })

  test('counts as a provider', () => {
    const plan = allocate({ ...market, locked: [decided], maxProviders: 1 }, help, { iterations: 500 })
    expect(plan.assignments.filter(({ request }) => request === 'r3')).toEqual([decided])
  })

  test('and hours too few to be said are none: they are no assignment of nothing', () => {
    const week = { fromWeek: 0, toWeek: 1 }
    const nearlyAll = { request: 'a', offer: 'y', ...week, hoursPerWeek: 0.2 }
    const shared: Market = {
      weeks: 1,
      requests: [0.25, 1.25].map((hoursPerWeek, at) => ({
        id: at === 0 ? 'a' : 'b',
        party: `p${at}`,
        demand: [{ ...week, hoursPerWeek }],
        minimumSlice: 0,
      })),
      offers: [1, 0.25].map((hoursPerWeek, at) => ({
        id: at === 0 ? 'x' : 'y',
        party: 'q',
        capacity: [{ ...week, hoursPerWeek }],
        minimumSlice: 0,
      })),
      edges: ['a', 'b'].map((id) => ({ request: id, offer: 'x', score: 0.001 })),
      locked: [nearlyAll],
    }
    const plan = allocate(shared, { kind: 'worst-off-first' }, { iterations: 0 })
    expect(check(shared, { kind: 'worst-off-first' }, plan)).toEqual([])
  })

  test('is refused when it takes more than there is', () => {
    const locked = [{ ...decided, hoursPerWeek: 400 }]
    expect(() => allocate({ ...market, locked }, help)).toThrow('locked r3 and o2 take hours that are not there')
  })
})

const [request, offer, edge] = [market.requests[0], market.offers[0], market.edges[0]]
if (!request || !offer || !edge) throw new Error('the market is empty')
const segment = { fromWeek: 0, toWeek: 5, hoursPerWeek: 1 }

test.each<[what: string, changed: Partial<Market>]>([
  ['weeks is not a whole number', { weeks: 1.5 }],
  ['maxProviders is not a whole number from 1', { maxProviders: 0 }],
  ['two requests are called r0', { requests: [...market.requests, request] }],
  ['two offers are called o0', { offers: [...market.offers, offer] }],
  ['an edge names a request that is not there: x', { edges: [{ ...edge, request: 'x' }] }],
  ['an edge names an offer that is not there: x', { edges: [{ ...edge, offer: 'x' }] }],
  ['the score of r0 and o0 is not a number from 0', { edges: [{ ...edge, score: -0.1 }] }],
  ['r0 and o0 have two edges', { edges: [edge, edge] }],
  ['request r0: minimumSlice is not a number from 0', { requests: [{ ...request, minimumSlice: -1 }] }],
  ['request r0: two segments overlap', { requests: [{ ...request, demand: [segment, segment] }] }],
  ['request r0: a week is not a whole number', { requests: [{ ...request, demand: [{ ...segment, toWeek: 2.5 }] }] }],
  ['offer o0: a segment is not within the weeks', { offers: [{ ...offer, capacity: [{ ...segment, toWeek: 21 }] }] }],
  [
    'offer o0: hoursPerWeek is not a number from 0',
    { offers: [{ ...offer, capacity: [{ ...segment, hoursPerWeek: -1 }] }] },
  ],
  ['locked names a request that is not there: x', { locked: [{ ...edge, ...segment, request: 'x' }] }],
  ['locked names an offer that is not there: x', { locked: [{ ...edge, ...segment, offer: 'x' }] }],
])('a market that contradicts itself is refused: %s', (what, changed) => {
  const wrong = { ...market, edges: [], ...changed }
  expect(() => allocate(wrong, help)).toThrow(new RangeError(what))
})

test('a fairness outside 0 to 1 is refused', () => {
  expect(() => allocate(market, { kind: 'balanced', fairness: 2 })).toThrow(RangeError)
})

test('an empty market has an empty plan', () => {
  const plan = allocate({ weeks: 0, requests: [], offers: [], edges: [] }, { kind: 'worst-off-first' })
  expect(plan).toMatchObject({ assignments: [], unmet: [], coverage: {}, gap: 0 })
})

/** Many ask for more than there is, from a few offers each, so that no search proves its plan soon. */
function crowdedMarket(many: number): Market {
  const ids = [...Array.from({ length: many }).keys()]
  return {
    weeks: 40,
    requests: ids.map((at) => ({
      id: `r${at}`,
      party: `p${at % 5}`,
      demand: [{ fromWeek: (at * 7) % 15, toWeek: 22 + ((at * 11) % 18), hoursPerWeek: 3 + ((at * 13) % 20) }],
      minimumSlice: 1 + (at % 3),
    })),
    offers: ids.map((at) => ({
      id: `o${at}`,
      party: 'large',
      capacity: [{ fromWeek: (at * 5) % 12, toWeek: 25 + ((at * 3) % 15), hoursPerWeek: 4 + ((at * 17) % 14) }],
      minimumSlice: 1 + (at % 4),
    })),
    edges: ids.flatMap((at) =>
      [0, 1, 3, 7, 12, 18, 25].map((step) => ({
        request: `r${at}`,
        offer: `o${(at + step) % many}`,
        score: 0.35 + ((at * 31 + step * 47) % 65) / 100,
      })),
    ),
  }
}
