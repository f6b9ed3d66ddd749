import { daterange } from '@samkraft/db'
import type { Period } from '@samkraft/kernel'
import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

type Shares = readonly Readonly<{ requestId: string; period: Period }>[]

/** Remembers which requests an offer is being arranged with, and for which days; terms that change name the same requests. */
export async function savePairs(
  tx: Transaction<Schema>,
  { arrangementId, offerId, shares }: Readonly<{ arrangementId: string; offerId: string; shares: Shares }>,
): Promise<void> {
  await tx
    .insertInto('arrangement_pair')
    .values(
      [...Map.groupBy(shares, ({ requestId }) => requestId)].map(([requestId, some]) => ({
        arrangement_id: arrangementId,
        request_id: requestId,
        offer_id: offerId,
        days: daysOf(some),
        approved_at: null,
        closed_at: null,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['arrangement_id', 'request_id']).doUpdateSet(({ ref }) => ({ days: ref('excluded.days') })),
    )
    .execute()
}

function daysOf(shares: Shares) {
  return sql<string>`datemultirange(${sql.join(shares.map(({ period }) => daterange(period)))})`
}

/** Its hours are promised: a plan made from now on gives others. */
export async function approvePairs(tx: Transaction<Schema>, arrangementId: string): Promise<void> {
  await tx
    .updateTable('arrangement_pair')
    .set({ approved_at: sql<Date>`app_now()` })
    .where('arrangement_id', '=', arrangementId)
    .execute()
}

/** It came to nothing, or is over: the pair may be proposed anew. */
export async function closePairs(tx: Transaction<Schema>, arrangementId: string): Promise<void> {
  await tx
    .updateTable('arrangement_pair')
    .set({ closed_at: sql<Date>`app_now()` })
    .where('arrangement_id', '=', arrangementId)
    .execute()
}
