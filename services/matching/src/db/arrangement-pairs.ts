import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** Remembers which requests an offer is being arranged with; terms that change name the same requests. */
export async function savePairs(
  tx: Transaction<Schema>,
  {
    arrangementId,
    offerId,
    shares,
  }: Readonly<{ arrangementId: string; offerId: string; shares: readonly Readonly<{ requestId: string }>[] }>,
): Promise<void> {
  await tx
    .insertInto('arrangement_pair')
    .values(
      shares.map(({ requestId }) => ({
        arrangement_id: arrangementId,
        request_id: requestId,
        offer_id: offerId,
        closed_at: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
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
