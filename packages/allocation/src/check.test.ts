import { expect, test } from 'vitest'
import { check } from './check.ts'
import { allocate, type Market, type Plan } from './index.ts'

const term = { fromWeek: 0, toWeek: 10, hoursPerWeek: 10 }
const market: Market = {
  weeks: 10,
  requests: [
    { id: 'a', party: 'p', demand: [term], minimumSlice: 2 },
    { id: 'b', party: 'q', demand: [term], minimumSlice: 2 },
  ],
  offers: ['x', 'y', 'z'].map((id) => ({ id, party: 's', capacity: [{ ...term, hoursPerWeek: 5 }], minimumSlice: 1 })),
  edges: ['x', 'y', 'z'].flatMap((offer) => [
    { request: 'a', offer, score: 1 },
    ...(offer === 'z' ? [] : [{ request: 'b', offer, score: 0.5 }]),
  ]),
}
const policy = { kind: 'most-help' } as const
const plan = allocate(market, policy, { iterations: 20 })
const row = { request: 'a', offer: 'x', fromWeek: 0, toWeek: 10, hoursPerWeek: 3 }

test('a right plan has nothing wrong', () => {
  expect(check(market, policy, plan)).toEqual([])
})

test.each<[what: string, spoiled: Partial<Plan>, of?: Partial<Market>]>([
  ['offer x has 9 of 5 h in week 0', { assignments: [row, { ...row, hoursPerWeek: 6 }] }],
  [
    'request a has 12 of 10 h in week 0',
    { assignments: ['x', 'y', 'z'].map((offer) => ({ ...row, offer, hoursPerWeek: 4 })) },
  ],
  ['a gets 0 h/week of x', { assignments: [{ ...row, hoursPerWeek: 0 }] }],
  ['a and x: weeks 5–12', { assignments: [{ ...row, fromWeek: 5, toWeek: 12 }] }],
  ['offer w is not in the market', { assignments: [{ ...row, offer: 'w' }] }],
  ['b and z have no edge', { assignments: [{ ...row, request: 'b', offer: 'z' }] }],
  ['a has 3 providers', { assignments: ['x', 'y', 'z'].map((offer) => ({ ...row, offer })) }],
  ['a and x have different hours in one term', { assignments: [{ ...row, toWeek: 8 }] }],
  ['a gets only 1 h of x', { assignments: [{ ...row, hoursPerWeek: 1 }] }],
  [
    'a and x are apart in week 4',
    { assignments: [row] },
    { edges: market.edges.map((edge) => ({ ...edge, apart: [4] })) },
  ],
  ['a and x were locked', { assignments: [] }, { locked: [row] }],
  ['coverage of p is 0, not 0.7', { assignments: [], coverage: { p: 0.7, q: 0 } }],
  ['value is 0, not 3', { assignments: [], value: 3 }],
  ['is above bound 100', { bound: 100 }],
  ['gap is', { gap: 0.5 }],
  ['unmet hours is', { unmet: [] }],
])('the checker sees: %s', (what, spoiled, changed = {}) => {
  const wrong = check({ ...market, ...changed }, policy, { ...plan, ...spoiled })
  expect(wrong.filter((line) => line.includes(what))).toHaveLength(1)
})
