import type { Transaction } from 'kysely'
import type { Schema } from './schema.ts'

type Party = Readonly<{ arrangementId: string; organisationId: string }>

/** An organisation's part in an arrangement, with its diary number; undefined when it has none. */
export function findParty(tx: Transaction<Schema>, { arrangementId, organisationId }: Party) {
  return tx
    .selectFrom('party')
    .select(['side', 'diary_number', 'diary_version'])
    .where('arrangement_id', '=', arrangementId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
}

/** Sets an organisation's own diary number. */
export async function saveDiaryNumber(
  tx: Transaction<Schema>,
  { arrangementId, organisationId, diaryNumber, version }: Party & { diaryNumber: string | null; version: number },
): Promise<void> {
  await tx
    .updateTable('party')
    .set({ diary_number: diaryNumber, diary_version: version })
    .where('arrangement_id', '=', arrangementId)
    .where('organisation_id', '=', organisationId)
    .returning('side')
    .executeTakeFirstOrThrow()
}
