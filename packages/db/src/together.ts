import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Announcement } from './announce.ts'

/** A named part of a `with`, such as `saved as (insert into … returning id)`. Names must differ within one statement. */
export type Part = RawBuilder<unknown>

/**
 * Writes several rows, their event and their audit entry as one statement: one round trip where each would cost its own.
 * Every part is carried out, and all see the rows as they were before the statement.
 */
export async function together<Schema>(
  tx: Transaction<Schema>,
  parts: readonly Part[],
  announcement?: Announcement,
): Promise<void> {
  const told = announcement ? sql`pg_notify('live', ${JSON.stringify(announcement)})` : sql`1`
  await sql`with ${sql.join(parts)} select ${told}`.execute(tx)
}
