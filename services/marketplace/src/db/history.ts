import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** The names of the fields that commands after a version have changed, as the audit log has it. */
export async function changedSince(tx: Transaction<Schema>, subjectId: string, version: number): Promise<string[]> {
  const { rows } = await sql<{ field: string }>`
    select distinct field from audit, jsonb_object_keys(after) as field
    where subject_id = ${subjectId}::uuid and (after ->> 'version')::int > ${version}::bigint and field not in ('version', 'reference')
    order by field`.execute(tx)
  return rows.map(({ field }) => field)
}
