import { type RawBuilder, sql, type Transaction } from 'kysely'
import { sentWithNext } from './client.ts'

/** A named part of a `with`, such as `saved as (insert into … returning id)`. Names must differ within one statement. */
export type Part = RawBuilder<unknown>

/**
 * Writes several rows, their event and their audit entry as one statement: one round trip where each would cost its own,
 * and that one together with the statement after it, often the commit, which then also reports what failed here.
 * Every part is carried out, and all see the rows as they were before the statement.
 */
export async function writeTogether<Schema>(tx: Transaction<Schema>, parts: readonly (Part | null)[]): Promise<void> {
  await sql`${sentWithNext}with ${sql.join(parts.filter((part) => part !== null))} select`.execute(tx)
}
