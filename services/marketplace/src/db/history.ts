import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** The names of the fields that commands after a version have changed, as the audit log has it: of a draft it keeps no more than these. */
export async function changedSince(tx: Transaction<Schema>, subjectId: string, version: number): Promise<string[]> {
  const { rows } = await sql<{ field: string }>`
    select distinct field from audit, lateral (
      select jsonb_object_keys(after) union all select jsonb_array_elements_text(after -> 'fields')
    ) as changed(field)
    where subject_id = ${subjectId}::uuid and (after ->> 'version')::int > ${version}::bigint
      and field not in ('version', 'reference', 'fields')
    order by field`.execute(tx)
  return rows.map(({ field }) => field)
}
