import type { Market, Plan } from '@samkraft/allocation'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hoursOf } from './plan-figures.ts'
import { inQuarters, type RoundedPlan } from './plan-quarters.ts'

const weeks = 40
const [requests, offers] = [['a', 'b', 'c'] as const, ['x', 'y'] as const]

const anAssignment = fc.record({
  request: fc.constantFrom(...requests),
  offer: fc.constantFrom(...offers),
  fromWeek: fc.constant(2),
  toWeek: fc.integer({ min: 3, max: weeks }),
  hoursPerWeek: fc.double({ min: 0.01, max: 40, noNaN: true }),
})

/** A plan that uses up its market to the last minute: everything asked for and offered is given. */
const aPlan = fc
  .uniqueArray(anAssignment, { maxLength: 5, selector: ({ request, offer }) => request + offer })
  .map((assignments): { plan: Plan; market: Market } => {
    const used = (side: 'request' | 'offer', id: string) =>
      Array.from({ length: weeks }, (_, week) => ({
        fromWeek: week,
        toWeek: week + 1,
        hoursPerWeek: assignments
          .filter((one) => one[side] === id && one.fromWeek <= week && week < one.toWeek)
          .reduce((sum, one) => sum + one.hoursPerWeek, 0),
      }))
    return {
      plan: { assignments, unmet: [], value: 1, bound: 1, gap: 0, coverage: {}, steps: 1 },
      market: {
        weeks,
        requests: requests.map((id) => ({ id, party: id, demand: used('request', id), minimumSlice: 0 })),
        offers: offers.map((id) => ({ id, party: id, capacity: used('offer', id), minimumSlice: 0 })),
        edges: [],
      },
    }
  })

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

test('hours are whole quarters, nobody gives or gets more than there is, and every hour is given or unmet', () => {
  fc.assert(
    fc.property(aPlan, ({ plan, market }) => {
      const rounded = inQuarters(plan, market, { kind: 'most-help' })
      for (const one of rounded.assignments) expect(one.hoursPerWeek * 4).toBe(Math.round(one.hoursPerWeek * 4))
      for (let week = 0; week < weeks; week += 1) {
        const inWeek = rounded.assignments.filter((one) => one.fromWeek <= week && week < one.toWeek)
        for (const { id, capacity } of market.offers)
          expect(sum(inWeek.filter((one) => one.offer === id).map((one) => one.hoursPerWeek))).toBeLessThanOrEqual(
            (capacity[week]?.hoursPerWeek ?? 0) + 1e-5,
          )
        for (const { id, demand } of market.requests)
          expect(sum(inWeek.filter((one) => one.request === id).map((one) => one.hoursPerWeek))).toBeLessThanOrEqual(
            (demand[week]?.hoursPerWeek ?? 0) + 1e-5,
          )
      }
      const total = ({ assignments, unmet }: RoundedPlan) =>
        sum([...assignments.map(hoursOf), ...unmet.map(({ hours }) => hours)])
      expect(total(rounded)).toBeCloseTo(total(plan), 2)
    }),
  )
})

test('what two lose to the quarters of one goes to the one who lost more', () => {
  const stretch = { offer: 'x', fromWeek: 0, toWeek: 20 }
  const given = [
    { ...stretch, request: 'a', hoursPerWeek: 6 + 6 / 7 },
    { ...stretch, request: 'b', hoursPerWeek: 5 + 1 / 7 },
  ]
  const unmet = [
    { request: 'a', hours: 20 * (8 / 7), reason: 'taken-by-others' as const },
    { request: 'b', hours: 20 * (6 / 7), reason: 'taken-by-others' as const },
  ]
  const all = (hoursPerWeek: number) => [{ fromWeek: 0, toWeek: 20, hoursPerWeek }]
  const rounded = inQuarters(
    { assignments: given, unmet, value: 1, bound: 1, gap: 0, coverage: {}, steps: 1 },
    {
      weeks,
      requests: [
        { id: 'a', party: 'a', demand: all(8), minimumSlice: 0 },
        { id: 'b', party: 'b', demand: all(6), minimumSlice: 0 },
      ],
      offers: [{ id: 'x', party: 'x', capacity: all(12), minimumSlice: 0 }],
      edges: [],
    },
    { kind: 'worst-off-first' },
  )
  expect(rounded.value).toBe(6.75 / 8)
  expect(rounded.gap).toBeCloseTo(1 - 6.75 / 8, 9)
  expect(rounded.assignments.map(({ hoursPerWeek }) => hoursPerWeek)).toEqual([6.75, 5.25])
  expect(rounded.unmet.map(({ request, hours, reason }) => [request, Math.round(hours * 100) / 100, reason])).toEqual([
    ['a', 22.86, 'taken-by-others'],
    ['b', 15, 'taken-by-others'],
    ['a', 2.14, 'rounded'],
  ])
})
