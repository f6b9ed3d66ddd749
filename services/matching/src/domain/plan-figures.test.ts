import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gini, kmPerWeek } from './plan-figures.ts'

test('what all have alike is shared evenly, and what one has alone is not', () => {
  expect(gini([3, 3, 3, 3])).toBe(0)
  expect(gini([0, 0, 0, 8])).toBe(0.75)
  expect(gini([])).toBe(0)
  expect(gini([0, 0])).toBe(0)
})

test('the Gini coefficient neither depends on the order nor on the unit, and giving from rich to poor lowers it', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 2, maxLength: 12 })
  fc.assert(
    fc.property(amounts, fc.integer({ min: 2, max: 9 }), (shares, factor) => {
      const before = gini(shares)
      expect(before).toBeGreaterThanOrEqual(0)
      expect(before).toBeLessThan(1)
      expect(gini(shares.toReversed())).toBeCloseTo(before, 12)
      expect(gini(shares.map((share) => share * factor))).toBeCloseTo(before, 12)
      const [poorest = 0, ...richer] = shares.toSorted((a, b) => a - b)
      const richest = richer.pop() ?? 0
      const gift = Math.floor((richest - poorest) / 2)
      expect(gini([poorest + gift, ...richer, richest - gift])).toBeLessThanOrEqual(before + 1e-12)
    }),
  )
})

test('a journey is there and back for every day on site, half as many where some is remote, none where all is', () => {
  expect(kmPerWeek(8, { km: 50, place: 'on_site' })).toBe(100)
  expect(kmPerWeek(9, { km: 50, place: 'on_site' })).toBe(200)
  expect(kmPerWeek(16, { km: 50, place: 'hybrid' })).toBe(100)
  expect(kmPerWeek(16, { km: 50, place: 'remote' })).toBe(0)
  expect(kmPerWeek(16, { km: null, place: 'on_site' })).toBe(0)
})
