import type { Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** Sets an organisation's own diary number and tells what it was; null when it is no party. */
export async function saveDiaryNumber(
  tx: Transaction<Schema>,
  arrangementId: string,
  organisationId: string,
  diaryNumber: string | null,
): Promise<{ side: 'lender' | 'borrower'; before: string | null } | null> {
  const row = await tx
    .selectFrom('party')
    .select(['side', 'diary_number'])
    .where('arrangement_id', '=', arrangementId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  if (!row) return null
  await tx
    .updateTable('party')
    .set({ diary_number: diaryNumber })
    .where('arrangement_id', '=', arrangementId)
    .where('organisation_id', '=', organisationId)
    .returning('side')
    .executeTakeFirstOrThrow()
  return { side: row.side, before: row.diary_number }
}
