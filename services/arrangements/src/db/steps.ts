import type { Selectable, Transaction } from 'kysely'
import type { Schema, StepTable } from './schema.ts'

/** What has happened to an arrangement, oldest first; `after` leaves out the versions up to it. */
export function readSteps(
  tx: Transaction<Schema>,
  arrangementId: string,
  { after = 0 }: { after?: number } = {},
): Promise<Selectable<StepTable>[]> {
  return tx
    .selectFrom('step')
    .selectAll()
    .where('arrangement_id', '=', arrangementId)
    .where('version', '>', after)
    .orderBy('version')
    .execute()
}
