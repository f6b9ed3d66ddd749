import type { FollowUpView } from '@samkraft/contracts/arrangements'
import type { Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** What stands where nobody has set any. */
export const noFollowUp: FollowUpView = { date: null, note: '', version: 0 }

/** The coordinator's own; nobody else's tenant context shows it. */
export function followUpQuery(tx: Transaction<Schema>, arrangementId: string) {
  return tx.selectFrom('follow_up').select(['date', 'note', 'version']).where('arrangement_id', '=', arrangementId)
}

/** Sets the coordinator's reminder. */
export async function saveFollowUp(
  tx: Transaction<Schema>,
  { arrangementId, organisationId, ...followUp }: FollowUpView & { arrangementId: string; organisationId: string },
): Promise<void> {
  await tx
    .insertInto('follow_up')
    .values({ arrangement_id: arrangementId, organisation_id: organisationId, ...followUp })
    .onConflict((conflict) => conflict.column('arrangement_id').doUpdateSet(followUp))
    .execute()
}
