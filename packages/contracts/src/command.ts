import { isDate, isHours, type Period } from '@samkraft/kernel'
import { z } from 'zod'

/** What everything of ours is told apart by: a UUID of any version. */
export const Id = z.uuid()

/**
 * A Swedish civil date, `YYYY-MM-DD`, in the years anyone here can mean: Postgres has no year 0, and periods of millennia
 * would be counted out week by week. What is no date ends the reading: rules over whole periods reckon with dates.
 */
export const CivilDate = z
  .string()
  .refine((date) => isDate(date) && date >= '1900-01-01' && date < '2200-01-01', { error: 'date.invalid', abort: true })

/** Hours per week in quarters, more than none; 400 is ten full-time posts. */
export const HoursPerWeek = z.number().positive().max(400).refine(isHours, { error: 'hours.not_quarters' })

/** Half-open: `to` is the day after the last. */
export const PeriodInput = z
  .object({ from: CivilDate, to: CivilDate })
  .refine(({ from, to }) => from < to, { error: 'period.ends_before_start', path: ['to'] }) satisfies z.ZodType<Period>

/** As Statistics Sweden numbers the counties: `19`. */
export const CountyCode = z.string().regex(/^\d{2}$/)

/** Every command carries a key its caller made: the same key again gives the first result and changes nothing. */
export const Command = z.object({ commandKey: Id })

/** Counts the changes of one thing; the database keeps it in 32 bits. */
export const Version = z.int32().positive()

/** A command that edits carries the version its author saw; a stale one is refused as a conflict. */
export const VersionedCommand = Command.extend({ version: Version })
