import { addDays, type Period } from './period.ts'

const day = 86_400_000

/** An ISO week, named by its Monday (`YYYY-MM-DD`): sorts, compares and is the same word in SQL. */
export type Week = string

/** The Monday of the ISO week a day lies in. */
export function mondayOf(date: string): Week {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7
  return addDays(date, 1 - weekday)
}

/** ISO year and week number of a day: 2027-01-01 → { year: 2026, week: 53 }. */
export function isoWeek(date: string): Readonly<{ year: number; week: number }> {
  // The ISO year is the year of the week's Thursday.
  const thursday = addDays(mondayOf(date), 3)
  const year = Number(thursday.slice(0, 4))
  const firstMonday = mondayOf(`${year}-01-04`)
  const week = Math.round((Date.parse(mondayOf(date)) - Date.parse(firstMonday)) / (7 * day)) + 1
  return { year, week }
}

/**
 * The weeks a period works in: every ISO week of which at least one weekday (Monday–Friday) lies in the period.
 * A period that ends on a Sunday or starts on a Saturday takes nothing from the week it only touches at the weekend.
 */
export function weeksOf(period: Period): Week[] {
  const [from, to] = [Date.parse(period.from), Date.parse(period.to)]
  const weeks: Week[] = []
  for (let monday = Date.parse(mondayOf(period.from)); monday < to; monday += 7 * day) {
    const saturday = monday + 5 * day
    if (Math.max(monday, from) < Math.min(saturday, to)) weeks.push(new Date(monday).toISOString().slice(0, 10))
  }
  return weeks
}

/** What of these stretches is still to come: hours of the weeks before the one of `today` can be neither had nor given any more. */
export function weeksToCome<Stretch extends Readonly<{ fromWeek: Week; toWeek: Week }>>(
  stretches: readonly Stretch[],
  today: string,
): Stretch[] {
  const week = mondayOf(today)
  return stretches.flatMap((stretch) =>
    stretch.toWeek <= week ? [] : [{ ...stretch, fromWeek: stretch.fromWeek < week ? week : stretch.fromWeek }],
  )
}
