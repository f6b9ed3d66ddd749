import type { Transaction } from 'kysely'
import type { Schema } from './schema.ts'

export type FollowUp = Readonly<{ date: string | null; note: string }>

/** The coordinator's own; nobody else's tenant context shows it. */
export function followUpQuery(tx: Transaction<Schema>, arrangementId: string) {
  return tx.selectFrom('follow_up').select(['date', 'note']).where('arrangement_id', '=', arrangementId)
}

/** Sets the coordinator's reminder and tells which date it had. */
export async function saveFollowUp(
  tx: Transaction<Schema>,
  { arrangementId, organisationId, date, note }: FollowUp & { arrangementId: string; organisationId: string },
): Promise<{ date: string | null } | null> {
  const before = await followUpQuery(tx, arrangementId).executeTakeFirst()
  await tx
    .insertInto('follow_up')
    .values({ arrangement_id: arrangementId, organisation_id: organisationId, date, note })
    .onConflict((conflict) => conflict.column('arrangement_id').doUpdateSet({ date, note }))
    .execute()
  return before ? { date: before.date } : null
}
