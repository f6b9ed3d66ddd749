import type { Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** What has happened to an arrangement, oldest first; `after` leaves out the versions up to it. */
export function stepsQuery(tx: Transaction<Schema>, arrangementId: string, { after = 0 }: { after?: number } = {}) {
  return tx
    .selectFrom('step')
    .selectAll()
    .where('arrangement_id', '=', arrangementId)
    .where('version', '>', after)
    .orderBy('version')
}
