import type { ArrangementStatus, ListWorklist } from '@samkraft/contracts/arrangements'
import { exactInstant, positionAt } from '@samkraft/db'
import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'
import { sought } from './sought.ts'
import { idAsText, type SummaryRow } from './summaries.ts'

export type WorklistRow = SummaryRow &
  Readonly<{ age_in_days: number; follow_up_date: string | null; follow_up_note: string; follow_up_version: number }>

const never = '9999-12-31'
/** The clock is asked once, and not for each arrangement. */
const today = sql`(select app_today())`
const late = sql<boolean>`(held_until < ${today} or (f.date <= ${today}
  and a.status not in ('ended', 'declined', 'withdrawn', 'lapsed')))`

const sorts = {
  deadline: { key: sql<string>`coalesce(a.held_until::text, ${never})`, descending: false },
  follow_up: { key: sql<string>`coalesce(f.date::text, ${never})`, descending: false },
  oldest: { key: idAsText('a.id'), descending: false },
  latest_change: { key: exactInstant(sql.ref('a.updated_at')), descending: true },
} as const satisfies Record<ListWorklist['sort'], unknown>

/** What a region coordinates, with its own reminders. */
export function worklistQuery(
  tx: Transaction<Schema>,
  regionId: string,
  { statuses, holderId, overdue, words, sort, cursor, limit }: ListWorklist,
) {
  const { key, descending } = sorts[sort]
  const direction = descending ? 'desc' : 'asc'
  let query = tx
    .selectFrom('arrangement as a')
    .leftJoin('follow_up as f', 'f.arrangement_id', 'a.id')
    .selectAll('a')
    .select([
      'f.date as follow_up_date',
      sql<string>`coalesce(f.note, '')`.as('follow_up_note'),
      sql<number>`coalesce(f.version, 0)`.as('follow_up_version'),
      sql<number>`app_today() - (a.proposed_at at time zone 'Europe/Stockholm')::date`.as('age_in_days'),
      key.as('sort_key'),
    ])
    .where('a.region_id', '=', regionId)
    .orderBy(sql`${key} collate "C"`, direction)
    .orderBy('a.id', direction)
    .limit(limit + 1)
  if (statuses?.length) query = query.where('a.status', '=', sql<ArrangementStatus>`any(${statuses}::text[])`)
  if (holderId) query = query.where(sql<boolean>`a.holder_ids @> array[${holderId}::uuid]`)
  if (overdue) query = query.where(late)
  const looked = sought('a', words)
  if (looked) query = query.where(looked)
  if (cursor) {
    const after = positionAt(cursor)
    query = query.where(
      descending
        ? sql<boolean>`(${key} collate "C", a.id) < (${after.text}, ${after.id}::uuid)`
        : sql<boolean>`(${key} collate "C", a.id) > (${after.text}, ${after.id}::uuid)`,
    )
  }
  return query
}

/** How many there are in each status. */
export function countsQuery(tx: Transaction<Schema>, regionId: string) {
  return tx
    .selectFrom('arrangement')
    .select(['status', sql<number>`count(*)`.as('count')])
    .where('region_id', '=', regionId)
    .groupBy('status')
}

/** The organisations something waits for now. */
export function holdersQuery(regionId: string) {
  return sql<{ id: string }>`
    select distinct unnest(holder_ids) as id from arrangement where region_id = ${regionId}::uuid`
}
