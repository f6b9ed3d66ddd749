import { sentWithNext } from '@samkraft/db'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Candidate } from './candidate-offers.ts'
import type { Schema } from './schema.ts'
import { wakeWorkers } from './work.ts'

/*
 * What is behind, and what no longer is: `stale_since` and `stale_by` of offers and requests are written here only. Whatever
 * marks a row wakes the workers that match. Who may lock what in which order, and why that is enough: ADR 24.
 */

/** The columns of a row that falls behind by the change with this request id in the logs; null when time alone made it so. */
export function stale(tx: Transaction<Schema>, changeId: string | null) {
  wakeWorkers(tx)
  return { stale_since: sql<Date>`now()`, stale_by: changeId }
}

const upToDate = { stale_since: null, stale_by: null }

/** Whether a row is behind and not put off. */
export function isDue(column: 'stale_since' | 'f.stale_since' | 'r.stale_since'): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} <= now()`
}

/** Has these requests, which the transaction has locked, looked through again in full. */
export async function markRequestsStale(
  tx: Transaction<Schema>,
  ids: readonly string[],
  changeId: string | null,
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('request')
    .set(stale(tx, changeId))
    .where(sql<boolean>`request_id = any(${[...ids]}::uuid[])`)
    .modifyEnd(sentWithNext)
    .execute()
}

/** Marks the open requests of organisations as behind. */
export async function markOpenStale(
  tx: Transaction<Schema>,
  organisationIds: readonly string[],
  changeId: string,
): Promise<void> {
  wakeWorkers(tx)
  await markRequestsStaleWhere(tx, sql`organisation_id = any(${[...organisationIds]}::uuid[])`, changeId)
}

/** Marks what is open of an organisation, and what others have open in its place, as behind: it has moved or grown. */
export async function markStaleOfAndAt(
  tx: Transaction<Schema>,
  organisationId: string,
  changeId: string,
): Promise<void> {
  wakeWorkers(tx)
  const ofOrAt = sql`(organisation_id = ${organisationId}::uuid or place_organisation_id = ${organisationId}::uuid)`
  await markRequestsStaleWhere(tx, ofOrAt, changeId)
  await sql`
    update offer set stale_since = now(), stale_by = ${changeId}, revision = revision + 1 where offer_id in (
      select offer_id from offer where ${ofOrAt} and open order by offer_id for no key update)`.execute(tx)
}

async function markRequestsStaleWhere(
  tx: Transaction<Schema>,
  which: RawBuilder<unknown>,
  changeId: string,
): Promise<void> {
  await sql`
    update request set stale_since = now(), stale_by = ${changeId} where request_id in (
      select request_id from request where ${which} and open order by request_id for no key update)`.execute(tx)
}

/** Marks, once a week, requests whose period has begun: the weeks gone by no longer count. */
export async function markStartedRequestsStale(tx: Transaction<Schema>): Promise<void> {
  const { numAffectedRows } = await sql`
    update request set stale_since = now(), stale_by = null where request_id in (
      select r.request_id from request r join request_competence c using (request_id)
      where r.open and r.stale_since is null and r.computed_at < date_trunc('week', app_today()::timestamp) at time zone 'Europe/Stockholm'
        and lower(c.period) < app_today()
      order by r.request_id for no key update of r)`.execute(tx)
  if (Number(numAffectedRows ?? 0) > 0) wakeWorkers(tx)
}

/** The offers that have waited longest for their matches. Whether anybody works on one already is settled by `holdOffer`. */
export async function staleOffers(db: Kysely<Schema>, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('offer')
    .select('offer_id')
    .where(isDue('stale_since'))
    .orderBy('stale_since')
    .limit(limit)
    .execute()
  return rows.map(({ offer_id }) => offer_id)
}

/** The offer's matches are up to date, unless it has changed since `revision`: its row was not locked meanwhile. */
export async function offerIsMatched(
  tx: Transaction<Schema>,
  { offerId, revision }: Pick<Candidate, 'offerId' | 'revision'>,
): Promise<void> {
  await tx
    .updateTable('offer')
    .set(upToDate)
    .where('offer_id', '=', offerId)
    .where('revision', '=', revision)
    .modifyEnd(sentWithNext)
    .execute()
}

/** All offers have been looked through for this request, whose row is locked. */
export async function requestIsMatched(tx: Transaction<Schema>, requestId: string): Promise<void> {
  await tx
    .updateTable('request')
    .set({ computed_at: sql<Date>`app_now()`, ...upToDate })
    .where('request_id', '=', requestId)
    .modifyEnd(sentWithNext)
    .execute()
}

/** Lets one whose matching failed wait, so that the others go on. */
export async function postpone(
  db: Kysely<Schema>,
  what: 'offer' | 'request',
  id: string,
  seconds: number,
): Promise<void> {
  await sql`update ${sql.table(what)} set stale_since = now() + make_interval(secs => ${seconds})
    where ${sql.ref(`${what}_id`)} = ${id}`.execute(db)
}
