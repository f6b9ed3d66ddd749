import { addDays } from '@samkraft/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWorkingDay, workingDayAfter } from './working-days.ts'

test.each([
  ['asked on a Monday', '2026-11-02', '2026-11-16'],
  ['asked on a Saturday', '2026-11-07', '2026-11-20'],
  ['over Christmas, New Year and Epiphany', '2026-12-18', '2027-01-08'],
  ['over Easter', '2027-03-22', '2027-04-07'],
  ['over midsummer', '2027-06-17', '2027-07-02'],
])('ten working days, %s', (_, asked, last) => {
  expect(workingDayAfter(asked, 10)).toBe(last)
})

test('between the question and the last day lie as many working days as were given', () => {
  const anyDay = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays('2026-01-01', days))
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (asked, count) => {
      const last = workingDayAfter(asked, count)
      let days = 0
      for (let day = addDays(asked, 1); day <= last; day = addDays(day, 1)) if (isWorkingDay(day)) days += 1
      expect(days).toBe(count)
      expect(isWorkingDay(last)).toBe(true)
    }),
  )
})
