import { expect, test } from 'vitest'
import { hoursLeft } from './week-hours.ts'

const left = [
  { fromWeek: '2020-01-06', toWeek: '2020-03-02', hoursPerWeek: 16 },
  { fromWeek: '2020-03-02', toWeek: '2099-06-01', hoursPerWeek: 4 },
]

test('hours of weeks that are gone by are not left, until all of it is over', () => {
  expect(hoursLeft({ status: 'published', left })).toBe('4\u00a0tim/v')
  expect(hoursLeft({ status: 'expired', left })).toBe('4–16\u00a0tim/v')
})
