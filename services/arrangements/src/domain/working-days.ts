import { addDays } from '@samkraft/kernel'
import holidays from '../../data/holidays_se.json' with { type: 'json' }

/** Public holidays and the eves nobody works on, 2025–2035; the source is named in `data/SOURCES.md`. */
const daysOff: ReadonlySet<string> = new Set(holidays.map(({ date }) => date))

/** A day an authority is expected to act on: Monday to Friday and no holiday. After 2035 only weekends are known. */
export function isWorkingDay(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !daysOff.has(date)
}

/** The `count`th working day after `date`: the last day to answer for the one who was asked on `date`. */
export function workingDayAfter(date: string, count: number): string {
  let day = date
  for (let left = count; left > 0;) {
    day = addDays(day, 1)
    if (isWorkingDay(day)) left -= 1
  }
  return day
}
