import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, daysIn, isDate, isoWeek, lastDay, mondayOf, overlap, periodThrough, weeksOf } from './index.ts'

const anyDate = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1990-01-01', days))

const anyPeriod = fc
  .tuple(anyDate, fc.integer({ min: 1, max: 800 }))
  .map(([from, days]) => ({ from, to: addDays(from, days) }))

test.each([
  ['2027-01-01', 2026, 53],
  ['2027-01-04', 2027, 1],
  ['2027-01-11', 2027, 2],
  ['2027-06-11', 2027, 23],
  ['2024-12-30', 2025, 1],
])('%s lies in week %i-%i', (date, year, week) => {
  expect(isoWeek(date)).toEqual({ year, week })
})

test('a spring term of twenty-two weeks', () => {
  expect(weeksOf(periodThrough('2027-01-11', '2027-06-11'))).toHaveLength(22)
})

test('a period that only touches the weekend of a week takes nothing from it', () => {
  expect(weeksOf(periodThrough('2027-01-09', '2027-01-11'))).toEqual(['2027-01-11'])
})

test('weeks are the Mondays of the weekdays in the period, whatever the period', () => {
  fc.assert(
    fc.property(anyPeriod, (period) => {
      const weekdays = Array.from({ length: daysIn(period) }, (_, day) => addDays(period.from, day)).filter(
        (date) => ![0, 6].includes(new Date(date).getUTCDay()),
      )
      expect(weeksOf(period)).toEqual([...new Set(weekdays.map(mondayOf))])
    }),
  )
})

test('the last day of a period named by its last day is that day', () => {
  fc.assert(
    fc.property(anyPeriod, (period) => {
      expect(periodThrough(period.from, lastDay(period))).toEqual(period)
    }),
  )
})

test('an overlap lies in both periods, and is the same from either side', () => {
  fc.assert(
    fc.property(anyPeriod, anyPeriod, (a, b) => {
      const shared = overlap(a, b)
      expect(shared).toEqual(overlap(b, a))
      if (shared) {
        expect(shared.from >= a.from && shared.from >= b.from && shared.to <= a.to && shared.to <= b.to).toBe(true)
        expect(daysIn(shared)).toBeGreaterThan(0)
      } else expect(a.to <= b.from || b.to <= a.from).toBe(true)
    }),
  )
})

test.each(['2027-02-29', '2027-13-01', '27-01-01', '', '2027-1-1', '2027-01-01T00:00'])('%j is not a date', (text) => {
  expect(isDate(text)).toBe(false)
})
