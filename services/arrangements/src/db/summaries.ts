import {
  agreeingStatuses,
  type ArrangementStatus,
  type ListArrangements,
  type Share,
} from '@samkraft/contracts/arrangements'
import { exactInstant, positionAt } from '@samkraft/db'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { ArrangementTable, Schema } from './schema.ts'
import { sought } from './sought.ts'

export type SummaryRow = Selectable<ArrangementTable>

/**
 * Ids follow the order of proposals. As text they have no index that a plan could walk along, past everybody else's
 * arrangements, to the few that are one's own.
 */
export const idAsText = (column: 'id' | 'a.id') => sql<string>`${sql.ref(column)}::text`

const sorts = {
  newest: { key: idAsText('id'), descending: true },
  latest_change: { key: exactInstant(sql.ref('updated_at')), descending: true },
  deadline: { key: sql<string>`coalesce(held_until::text, '9999-12-31')`, descending: false },
} as const satisfies Record<ListArrangements['sort'], unknown>

const anyOf = (ids: readonly string[]) => sql<string>`any(${ids}::uuid[])`

/** The arrangements an organisation takes part in or coordinates, as its tenant context lets it see them. */
export function summariesQuery(
  tx: Transaction<Schema>,
  organisationId: string,
  { statuses, side, offerIds, requestIds, words, sort, cursor, limit }: ListArrangements,
) {
  const { key, descending } = sorts[sort]
  const direction = descending ? 'desc' : 'asc'
  let query = tx
    .selectFrom('arrangement')
    .selectAll()
    .select([
      key.as('sort_key'),
      sql<string[]>`array(select request_id from share as s where s.arrangement_id = arrangement.id
        and s.revision = arrangement.revision group by request_id order by min(position))`.as('request_ids'),
    ])
    .orderBy(sql`${key} collate "C"`, direction)
    .orderBy('id', direction)
    .limit(limit + 1)
  if (statuses?.length) query = query.where('status', '=', sql<ArrangementStatus>`any(${statuses}::text[])`)
  const looked = sought('arrangement', words)
  if (looked) query = query.where(looked)
  if (side) query = query.where(playing(side, organisationId))
  if (offerIds) query = query.where('offer_id', '=', anyOf(offerIds))
  if (requestIds)
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('share')
          .select('share.request_id')
          .whereRef('share.arrangement_id', '=', 'arrangement.id')
          .where('share.request_id', '=', anyOf(requestIds)),
      ),
    )
  if (cursor) {
    const { text, id } = positionAt(cursor)
    query = query.where(
      descending
        ? sql<boolean>`(${key} collate "C", id) < (${text}, ${id}::uuid)`
        : sql<boolean>`(${key} collate "C", id) > (${text}, ${id}::uuid)`,
    )
  }
  return query
}

/**
 * One that is being agreed on about this offer and one of these shares' requests, in days that it shares with it; null when
 * none is. `except` is the arrangement that the shares belong to.
 */
export async function findUnderWay(
  tx: Transaction<Schema>,
  offerId: string,
  shares: readonly Share[],
  { except }: { except?: string },
): Promise<{ id: string; reference: string } | null> {
  const sought = shares.map(({ requestId, period }) => ({ id: requestId, ...period }))
  const row = await tx
    .selectFrom('arrangement as a')
    .innerJoin('share as s', (join) =>
      join.onRef('s.arrangement_id', '=', 'a.id').onRef('s.revision', '=', 'a.revision'),
    )
    .select(['a.id', 'a.reference'])
    .where('a.offer_id', '=', offerId)
    .$if(except !== undefined, (query) => query.where('a.id', '<>', except ?? ''))
    .where('a.status', '=', sql<ArrangementStatus>`any(${[...agreeingStatuses]}::text[])`)
    .where(
      sql<boolean>`exists (select from jsonb_to_recordset(${JSON.stringify(sought)}::jsonb) as w(id uuid, "from" date, "to" date)
        where w.id = s.request_id and daterange(w."from", w."to") && s.period)`,
    )
    .orderBy('a.id')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

function playing(side: NonNullable<ListArrangements['side']>, organisationId: string) {
  if (side === 'lender') return sql<boolean>`lender_id = ${organisationId}::uuid`
  if (side === 'borrower') return sql<boolean>`borrower_ids @> array[${organisationId}::uuid]`
  return sql<boolean>`region_id = ${organisationId}::uuid`
}
