import type { Plan } from '@samkraft/allocation'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hoursOf } from './plan-figures.ts'
import { inQuarters } from './plan-quarters.ts'

const anAssignment = fc.record({
  request: fc.constantFrom('a', 'b', 'c'),
  offer: fc.constantFrom('x', 'y'),
  fromWeek: fc.constant(2),
  toWeek: fc.integer({ min: 3, max: 40 }),
  hoursPerWeek: fc.double({ min: 0.01, max: 40, noNaN: true }),
})
const anUnmet = fc.record({
  request: fc.constantFrom('a', 'b', 'c'),
  hours: fc.integer({ min: 1, max: 100 }),
  reason: fc.constantFrom('slice-too-small' as const, 'no-offer' as const),
})

test('hours are whole quarters, never more than before, and what is lost is said to be unmet', () => {
  const plans = fc.property(
    fc.array(anAssignment, { maxLength: 6 }),
    fc.uniqueArray(anUnmet, { selector: ({ request, reason }) => request + reason }),
    (assignments, unmet) => {
      const plan: Plan = { assignments, unmet, value: 1, bound: 1, gap: 0, coverage: {}, steps: 1 }
      const rounded = inQuarters(plan)
      for (const one of rounded.assignments) expect(one.hoursPerWeek * 4).toBe(Math.round(one.hoursPerWeek * 4))
      const total = ({ assignments: given, unmet: lacking }: Plan) =>
        [...given.map(hoursOf), ...lacking.map(({ hours }) => hours)].reduce((sum, hours) => sum + hours, 0)
      expect(total(rounded)).toBeCloseTo(total(plan), 3)
      const given = (of: Plan) => of.assignments.reduce((sum, one) => sum + hoursOf(one), 0)
      expect(given(rounded)).toBeLessThanOrEqual(given(plan) + 1e-3)
      expect(given(rounded)).toBeGreaterThanOrEqual(given(plan) - assignments.length * 38 * 0.25)
      const names = rounded.unmet.map(({ request, reason }) => `${request} ${reason}`)
      expect(new Set(names).size).toBe(names.length)
    },
  )
  fc.assert(plans)
})
