import { sql } from 'kysely'

/** A moment of a statement as text to the microsecond, `2027-01-11T08:42:00.000000Z`: a `Date` would keep milliseconds only. */
export function exactInstant(moment: unknown) {
  return sql<string>`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}
