/** Swedish civil dates, `YYYY-MM-DD`, half-open: `from` is the first day, `to` the day after the last. */
export type Period = Readonly<{ from: string; to: string }>

const dayInMilliseconds = 86_400_000
const datePattern = /^\d{4}-\d{2}-\d{2}$/

/** A real calendar day written `YYYY-MM-DD`; 2027-02-29 is not. */
export function isDate(value: string): boolean {
  if (!datePattern.test(value)) return false
  const day = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === value
}

/** The day `days` after `date` (before, when negative). Civil dates have no time zone, so UTC arithmetic is exact. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayInMilliseconds).toISOString().slice(0, 10)
}

/** The period people mean when they name its first and last day. */
export function periodThrough(from: string, lastDay: string): Period {
  return { from, to: addDays(lastDay, 1) }
}

/** The last day of a period, as people write it. */
export function lastDay(period: Period): string {
  return addDays(period.to, -1)
}

/** Days in a period; never negative. */
export function daysIn({ from, to }: Period): number {
  return Math.max(0, (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayInMilliseconds)
}

/** What two periods share, or null when they share no day. */
export function overlap(a: Period, b: Period): Period | null {
  const from = a.from > b.from ? a.from : b.from
  const to = a.to < b.to ? a.to : b.to
  return from < to ? { from, to } : null
}
