import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostOf } from './simplex.ts'

const column = fc.record({
  gain: fc.integer({ min: -5, max: 20 }),
  lower: fc.integer({ min: 0, max: 4 }),
  width: fc.integer({ min: 0, max: 12 }),
})
const programs = fc.integer({ min: 1, max: 40 }).chain((count) =>
  fc.record({
    columns: fc.array(column, { minLength: count, maxLength: count }),
    sums: fc.array(
      fc.record({
        columns: fc.uniqueArray(fc.nat({ max: count - 1 }), { minLength: 1, maxLength: 12 }),
        room: fc.integer({ min: 0, max: 20 }),
      }),
      { maxLength: 40 },
    ),
  }),
)

test('the columns keep within all limits, and the prices prove that none are worth more', () => {
  fc.assert(
    fc.property(programs, (drawn) => {
      const of = (values: readonly number[]) => Float64Array.from(values)
      const gain = of(drawn.columns.map((one) => one.gain))
      const lower = of(drawn.columns.map((one) => one.lower))
      const upper = of(drawn.columns.map((one) => one.lower + one.width))
      const sumOf = (values: Float64Array, columns: readonly number[]) =>
        columns.reduce((sum, at) => sum + values[at]!, 0)
      const sums = drawn.sums.map(({ columns, room }) => ({ columns, limit: sumOf(lower, columns) + room }))
      const { columns, price } = mostOf({ gain, lower, upper, sums })
      for (const [at, is] of columns.entries()) {
        expect(is).toBeGreaterThanOrEqual(lower[at]! - 1e-9)
        expect(is).toBeLessThanOrEqual(upper[at]! + 1e-9)
      }
      for (const { columns: some, limit } of sums) expect(sumOf(columns, some)).toBeLessThanOrEqual(limit + 1e-9)
      // At the prices, whatever anything is worth beyond what it pays cannot be more than this.
      const paid = gain.slice()
      sums.forEach(({ columns: some }, at) => some.forEach((one) => (paid[one]! -= price[at]!)))
      let most = sums.reduce((sum, { limit }, at) => sum + price[at]! * limit, 0)
      paid.forEach((worth, at) => (most += worth * (worth > 0 ? upper[at]! : lower[at]!)))
      expect(columns.reduce((sum, is, at) => sum + gain[at]! * is, 0)).toBeCloseTo(most, 7)
    }),
    { seed: 31, numRuns: 500 },
  )
})
