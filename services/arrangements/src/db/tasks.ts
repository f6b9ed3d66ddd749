import type { ArrangementStatus } from '@samkraft/contracts/arrangements'
import { positionAt } from '@samkraft/db'
import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

const soonest = sql<string>`coalesce(held_until::text, '9999-12-31')`

export type Waiting = Readonly<{
  organisationId: string
  /** The statuses in which the actor's roles can act when the organisation holds the arrangement. */
  statuses: readonly ArrangementStatus[]
  /** Whether a missing diary number waits for the actor as well. */
  diary: boolean
}>

/** What waits for an organisation, the most urgent first. */
export function waitingQuery(
  tx: Transaction<Schema>,
  { organisationId, statuses, diary }: Waiting,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  let query = tx
    .selectFrom('arrangement')
    .selectAll()
    .select(soonest.as('sort_key'))
    .where(
      sql<boolean>`(holder_ids @> array[${organisationId}::uuid] and status = any(${[...statuses]}::text[])
        or ${diary} and status in ('approved', 'active') and exists (select from party p
          where p.arrangement_id = arrangement.id and p.organisation_id = ${organisationId}::uuid and p.diary_number is null))`,
    )
    .orderBy(sql`${soonest} collate "C"`)
    .orderBy('id')
    .limit(limit + 1)
  if (cursor) {
    const { text, id } = positionAt(cursor)
    query = query.where(sql<boolean>`(${soonest} collate "C", id) > (${text}, ${id}::uuid)`)
  }
  return query
}
