import { sayAfterCommit } from '@samkraft/db'
import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** Wakes the workers that match, of every process, once the transaction has committed. */
export function wakeMatching(tx: Transaction<Schema>): void {
  sayAfterCommit(tx, 'work')
}

/** The Monday of the week it is, in Sweden and by the database's clock. */
export async function thisWeek(tx: Transaction<Schema>): Promise<string> {
  const { rows } = await sql<{ monday: string }>`select date_trunc('week', app_today())::date as monday`.execute(tx)
  const monday = rows[0]?.monday
  if (!monday) throw new Error('the database does not know what day it is')
  return monday
}

/**
 * Once a week, requests whose period has begun are matched again: the weeks gone by no longer count. Returns how many.
 */
export async function markStartedRequestsStale(tx: Transaction<Schema>): Promise<number> {
  const { numAffectedRows } = await sql`
    update request set stale_since = now(), stale_by = null where request_id in (
      select r.request_id from request r join request_competence c using (request_id)
      where r.open and r.stale_since is null and r.computed_at < date_trunc('week', app_today()::timestamp) at time zone 'Europe/Stockholm'
        and lower(c.period) < app_today()
      order by r.request_id for no key update of r)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
