import { daysIn, isDate, isoWeek, lastDay, type Period, weeksOf } from '@samkraft/kernel'
import { type Locale, nbsp } from './locale.ts'

const sweden = 'Europe/Stockholm'
const dayOf = new Intl.DateTimeFormat('sv-SE', { timeZone: sweden, dateStyle: 'short' })
const clockOf = new Intl.DateTimeFormat('sv-SE', { timeZone: sweden, hour: '2-digit', minute: '2-digit' })
const compact = /^(\d{4})-?(\d{2})-?(\d{2})$/

/** The Swedish civil date of an instant: `2027-01-11`. */
export function dateOf(instant: string | Date): string {
  return dayOf.format(new Date(instant))
}

/** `2027-01-11 09.42` in Swedish time; the English page writes `09:42`. */
export function formatInstant(instant: string | Date, locale: Locale): string {
  return `${dateOf(instant)}${nbsp}${formatClock(instant, locale)}`
}

/** `09.42` in Swedish, `09:42` in English; always 24 hours, always Swedish time. */
export function formatClock(instant: string | Date, locale: Locale): string {
  const clock = clockOf.format(new Date(instant))
  return locale === 'sv' ? clock.replace(':', '.') : clock
}

/** A date typed `2027-01-11` or `20270111`; null when it is no day of the calendar. */
export function parseDate(typed: string): string | null {
  const [, year, month, day] = compact.exec(typed.trim()) ?? []
  const date = `${year}-${month}-${day}`
  return isDate(date) ? date : null
}

/** First and last day, as people say a period: `2027-01-11 – 2027-06-11`. */
export function formatPeriod(period: Period): string {
  return `${period.from} – ${lastDay(period)}`
}

/** The week a day lies in: `v. 2`, with the year when it is not that of `beside`. */
export function formatWeek(date: string, locale: Locale, beside?: string): string {
  const { year, week } = isoWeek(date)
  const name = locale === 'sv' ? `v.${nbsp}${week}` : `week${nbsp}${week}`
  return beside !== undefined && isoWeek(beside).year !== year ? `${name} ${year}` : name
}

/** The weeks of a period: `v. 2–23`, with the year when it is not that of `beside`; `v. 50 2026 – v. 3 2027` across a new year. */
export function formatWeeks(period: Period, locale: Locale, beside?: string): string {
  const weeks = weeksOf(period)
  const [first, last] = [weeks[0], weeks.at(-1)]
  if (first === undefined || last === undefined) return ''
  if (first === last) return formatWeek(first, locale, beside)
  const [from, to] = [isoWeek(first), isoWeek(last)]
  if (from.year !== to.year) return `${formatWeek(first, locale, last)} – ${formatWeek(last, locale, first)}`
  const weeksOfYear = `${locale === 'sv' ? 'v.' : 'weeks'}${nbsp}${from.week}–${to.week}`
  return beside !== undefined && isoWeek(beside).year !== from.year ? `${weeksOfYear} ${from.year}` : weeksOfYear
}

/** How far a day is from another, in words: `i dag`, `i morgon`, `om 3 dagar`, `för 2 dagar sedan`. */
export function formatRelativeDay(date: string, today: string, locale: Locale): string {
  const days = daysIn({ from: today, to: date }) - daysIn({ from: date, to: today })
  if (locale === 'sv') {
    const near: Readonly<Record<number, string>> = { [-1]: 'i går', 0: 'i dag', 1: 'i morgon' }
    return near[days] ?? (days > 0 ? `om ${days}${nbsp}dagar` : `för ${-days}${nbsp}dagar sedan`)
  }
  const near: Readonly<Record<number, string>> = { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' }
  return near[days] ?? (days > 0 ? `in ${days}${nbsp}days` : `${-days}${nbsp}days ago`)
}

/** When something happened, near times in words: `kl. 09.42 i dag`, `kl. 14.05 i går`, `2027-01-11`; `09:42 today` in English. */
export function formatSince(instant: string | Date, now: string | Date, locale: Locale): string {
  const [day, today] = [dateOf(instant), dateOf(now)]
  const days = daysIn({ from: day, to: today })
  if (day > today || days > 1) return day
  const clock = formatClock(instant, locale)
  return `${locale === 'sv' ? `kl.${nbsp}${clock}` : clock} ${formatRelativeDay(day, today, locale)}`
}
