import { sayAfterCommit } from '@samkraft/db'
import { type Kysely, sql, type Transaction } from 'kysely'
import { leavePoolWhenClosed } from './pooled-needs.ts'
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

const goneBy = sql<boolean>`upper(period) <= date_trunc('week', app_today())::date`

/** Requests that ask for hours in weeks gone by and in no others; as many as one round settles. */
export async function requestsGoneBy(db: Kysely<Schema>): Promise<string[]> {
  const rows = await db
    .selectFrom('request_competence')
    .select('request_id')
    .distinct()
    .where(goneBy)
    .orderBy('request_id')
    .limit(200)
    .execute()
  return rows.map(({ request_id }) => request_id)
}

/** What asks for nothing any more is looked for no more, and leaves its pooled need, as when it is covered; its matches follow. */
export async function settleGoneBy(tx: Transaction<Schema>, requestId: string): Promise<void> {
  await tx.selectFrom('request').select('request_id').where('request_id', '=', requestId).forNoKeyUpdate().execute()
  const { numDeletedRows } = await tx
    .deleteFrom('request_competence')
    .where('request_id', '=', requestId)
    .where(goneBy)
    .executeTakeFirst()
  if (numDeletedRows === 0n) return
  await tx
    .updateTable('request')
    .set({ stale_since: sql<Date>`now()`, stale_by: null })
    .where('request_id', '=', requestId)
    .execute()
  await leavePoolWhenClosed(tx, requestId)
  wakeMatching(tx)
}
