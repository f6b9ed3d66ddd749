import { expect, test } from 'vitest'
import {
  dateOf,
  formatClock,
  formatInstant,
  formatPeriod,
  formatRelativeDay,
  formatSince,
  formatWeek,
  formatWeeks,
  parseDate,
} from './date.ts'
import { formatList } from './list.ts'
import {
  formatDistance,
  formatExtent,
  formatHours,
  formatKronor,
  formatNumber,
  formatPercent,
  formatTyped,
  parseNumber,
} from './number.ts'

const term = { from: '2027-01-11', to: '2027-06-12' }

test.each([
  [16, '16\u00a0tim/v (40\u00a0%)', '16\u00a0h/week (40%)'],
  [7.5, '7,5\u00a0tim/v (19\u00a0%)', '7.5\u00a0h/week (19%)'],
  [0.25, '0,25\u00a0tim/v (1\u00a0%)', '0.25\u00a0h/week (1%)'],
])('%d hours a week', (hours, sv, en) => {
  expect([formatExtent(hours, 'sv'), formatExtent(hours, 'en')]).toEqual([sv, en])
})

test('hours that differ between weeks are said from the least to the most', () => {
  expect(formatHours(2, 'sv', 6)).toBe('2–6\u00a0tim/v')
  expect(formatHours(6.5, 'en', 6.5)).toBe('6.5\u00a0h/week')
})

test('names in a row, in British English without a comma before the last', () => {
  expect(formatList(['Sala', 'Arboga', 'Norberg'], 'sv')).toBe('Sala, Arboga och Norberg')
  expect(formatList(['Sala', 'Arboga', 'Norberg'], 'en')).toBe('Sala, Arboga and Norberg')
  expect(formatList(['Sala', 'Arboga', 'Norberg'], 'en', 'disjunction')).toBe('Sala, Arboga or Norberg')
})

test('the number and its unit stay on one line', () => {
  expect(formatHours(8, 'sv')).not.toContain(' ')
  expect(formatDistance(58.6, 'sv')).toBe('59\u00a0km')
  expect(formatPercent(40, 'sv')).toBe('40\u00a0%')
})

test.each([
  [125_000, '1\u00a0250\u00a0kr', 'SEK\u00a01,250'],
  [125_050, '1\u00a0250,50\u00a0kr', 'SEK\u00a01,250.50'],
  [0, '0\u00a0kr', 'SEK\u00a00'],
])('%d öre', (ore, sv, en) => {
  expect([formatKronor(ore, 'sv'), formatKronor(ore, 'en')]).toEqual([sv, en])
})

test.each([
  ['7,5', 7.5],
  ['7.5', 7.5],
  [' 1 250 ', 1250],
  ['1\u00a0250,25', 1250.25],
  ['\u22123', -3],
])('%j is read as %d', (typed, value) => {
  expect(parseNumber(typed, 'sv')).toBe(value)
})

test.each(['', 'åtta', '1,2,3', '1e5', 'Infinity', '0x10', '--1', '1.'])('%j is no number', (typed) => {
  expect(parseNumber(typed, 'sv')).toBeNull()
})

test('what is written can be read again, in a field as well', () => {
  for (const value of [0, 0.25, 7.5, 1250, 123_456.75, 1_234_567, -3]) {
    for (const locale of ['sv', 'en'] as const) {
      expect(parseNumber(formatNumber(value, locale), locale)).toBe(value)
      expect(parseNumber(formatTyped(value, locale), locale)).toBe(value)
    }
  }
})

test('money in a field has two decimals when there are öre, none when it is whole', () => {
  expect(formatTyped(690.5, 'sv', { money: true })).toBe('690,50')
  expect(formatTyped(1250.5, 'en', { money: true })).toBe('1250.50')
  expect(formatTyped(690, 'sv', { money: true })).toBe('690')
  expect(formatTyped(7.5, 'sv')).toBe('7,5')
})

test('a comma stands between thousands where an English reader writes it so, and before decimals everywhere else', () => {
  expect(parseNumber('1,250', 'en')).toBe(1250)
  expect(parseNumber('1,250.50', 'en')).toBe(1250.5)
  expect(parseNumber('7,5', 'en')).toBe(7.5)
  expect(parseNumber('0,125', 'en')).toBe(0.125)
  expect(parseNumber('1,250', 'sv')).toBe(1.25)
})

test('a period is said with its last day', () => {
  expect(formatPeriod(term)).toBe('2027-01-11 – 2027-06-11')
})

test('weeks', () => {
  expect(formatWeek('2027-01-11', 'sv')).toBe('v.\u00a02')
  expect(formatWeek('2027-01-11', 'en')).toBe('week\u00a02')
  expect(formatWeeks(term, 'sv')).toBe('v.\u00a02–23')
  expect(formatWeeks(term, 'en')).toBe('weeks\u00a02–23')
  expect(formatWeeks({ from: '2026-12-07', to: '2027-01-23' }, 'sv')).toBe('v.\u00a050 2026 – v.\u00a03 2027')
  expect(formatWeeks(term, 'sv', '2026-11-30')).toBe('v.\u00a02–23 2027')
  expect(formatWeeks(term, 'sv', '2027-11-30')).toBe('v.\u00a02–23')
  expect(formatWeeks({ from: '2027-01-11', to: '2027-01-16' }, 'sv')).toBe('v.\u00a02')
  expect(formatWeeks({ from: '2027-01-16', to: '2027-01-18' }, 'sv')).toBe('')
})

test.each([
  ['2027-01-11', 'i dag', 'today'],
  ['2027-01-12', 'i morgon', 'tomorrow'],
  ['2027-01-10', 'i går', 'yesterday'],
  ['2027-01-14', 'om 3\u00a0dagar', 'in 3\u00a0days'],
  ['2027-01-01', 'för 10\u00a0dagar sedan', '10\u00a0days ago'],
])('%s seen from 2027-01-11', (date, sv, en) => {
  expect([formatRelativeDay(date, '2027-01-11', 'sv'), formatRelativeDay(date, '2027-01-11', 'en')]).toEqual([sv, en])
})

test('an instant is told in Swedish time, also in the hour around midnight and in summer', () => {
  expect(dateOf('2027-01-10T23:30:00Z')).toBe('2027-01-11')
  expect(dateOf('2027-06-10T22:30:00Z')).toBe('2027-06-11')
  expect(formatClock('2027-01-11T08:42:00Z', 'sv')).toBe('09.42')
  expect(formatInstant('2027-01-11T08:42:00Z', 'en')).toBe('2027-01-11\u00a009:42')
})

test('near times are told in words', () => {
  const now = '2027-01-12T12:00:00Z'
  expect(formatSince('2027-01-12T08:42:00Z', now, 'sv')).toBe('kl.\u00a009.42 i dag')
  expect(formatSince('2027-01-11T08:42:00Z', now, 'sv')).toBe('kl.\u00a009.42 i går')
  expect(formatSince('2027-01-11T08:42:00Z', now, 'en')).toBe('09:42 yesterday')
  expect(formatSince('2027-01-05T08:42:00Z', now, 'sv')).toBe('2027-01-05')
})

test.each([
  ['2027-01-11', '2027-01-11'],
  ['20270111', '2027-01-11'],
  [' 2027-01-11 ', '2027-01-11'],
  ['2027-02-30', null],
  ['11/1 2027', null],
  ['', null],
])('%j typed as a date', (typed, date) => {
  expect(parseDate(typed)).toBe(date)
})
