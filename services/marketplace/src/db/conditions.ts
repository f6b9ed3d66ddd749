import type { Part } from '@samkraft/db'
import type { OfferConditions } from '@samkraft/contracts/marketplace'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** What an offer comes with at this version. */
export function conditionsPart(
  id: string,
  version: number,
  { costBasis, conditions, noticeWeeks, recallClause }: OfferConditions,
): Part {
  return sql`
    conditioned as (
      insert into offer_conditions (offer_id, version, cost_basis, conditions, notice_weeks, recall_clause)
      values (${id}::uuid, ${version}, ${costBasis}, ${conditions}, ${noticeWeeks}, ${recallClause})
    )`
}

/** The first version since which an offer has come with this and nothing else; null when none of it was kept. */
export async function sameSince(
  tx: Transaction<Schema>,
  id: string,
  { costBasis, conditions, noticeWeeks, recallClause }: OfferConditions,
): Promise<number | null> {
  const { rows } = await sql<{ since: number | null }>`
    select coalesce(
      max(version) filter (where (cost_basis, conditions, notice_weeks, recall_clause)
        is distinct from (${costBasis}::text, ${conditions}::text, ${noticeWeeks}::int, ${recallClause}::text)) + 1,
      min(version)
    ) as since
    from offer_conditions where offer_id = ${id}::uuid`.execute(tx)
  return rows[0]?.since ?? null
}

/** What an offer came with at one of its versions; null when there was none, or it was not kept yet. */
export async function findConditions(
  db: Kysely<Schema>,
  offerId: string,
  version: number,
): Promise<OfferConditions | null> {
  const row = await db
    .selectFrom('offer_conditions')
    .select(['cost_basis as costBasis', 'conditions', 'notice_weeks as noticeWeeks', 'recall_clause as recallClause'])
    .where('offer_id', '=', offerId)
    .where('version', '=', version)
    .executeTakeFirst()
  return row ?? null
}
