import type { Period } from '@samkraft/kernel'
import * as date from './format/date.ts'
import { formatList } from './format/list.ts'
import * as number from './format/number.ts'
import { getLocale } from './paraglide/runtime.js'

export { m } from './paraglide/messages.js'
export { getLocale } from './paraglide/runtime.js'

/** Numbers, hours, money and time in the language of the page. */
export const format = {
  list: (words: readonly string[]) => formatList(words, getLocale()),
  listOr: (words: readonly string[]) => formatList(words, getLocale(), 'disjunction'),
  number: (value: number) => number.formatNumber(value, getLocale()),
  typed: (value: number, as?: { money: boolean }) => number.formatTyped(value, getLocale(), as),
  range: (least: number, most: number) => number.formatRange(least, most, getLocale()),
  hours: (hoursPerWeek: number, most?: number) => number.formatHours(hoursPerWeek, getLocale(), most),
  extent: (hoursPerWeek: number) => number.formatExtent(hoursPerWeek, getLocale()),
  percent: (percent: number) => number.formatPercent(percent, getLocale()),
  kronor: (ore: number) => number.formatKronor(ore, getLocale()),
  distance: (kilometres: number) => number.formatDistance(kilometres, getLocale()),
  instant: (instant: string | Date) => date.formatInstant(instant, getLocale()),
  clock: (instant: string | Date) => date.formatClock(instant, getLocale()),
  dateOf: date.dateOf,
  period: (period: Period) => date.formatPeriod(period),
  /** `2027-01-11 – 2027-06-11, v. 2–23`. */
  periodInWeeks: (period: Period) => `${date.formatPeriod(period)}, ${date.formatWeeks(period, getLocale())}`,
  week: (day: string, beside?: string) => date.formatWeek(day, getLocale(), beside),
  weeks: (period: Period, beside?: string) => date.formatWeeks(period, getLocale(), beside),
  relativeDay: (day: string, today: string) => date.formatRelativeDay(day, today, getLocale()),
  since: (instant: string | Date, now: string | Date) => date.formatSince(instant, now, getLocale()),
} as const
