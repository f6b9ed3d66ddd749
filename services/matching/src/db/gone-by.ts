import { type Kysely, sql, type Transaction } from 'kysely'
import { leavePoolWhenClosed } from './pooled-needs.ts'
import type { Schema } from './schema.ts'
import { markRequestsStale } from './stale.ts'

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
  await markRequestsStale(tx, [requestId], null)
  await leavePoolWhenClosed(tx, requestId)
}
