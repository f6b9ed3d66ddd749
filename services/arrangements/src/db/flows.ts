import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

export type FlowRow = Readonly<{
  lender_id: string
  borrower_id: string
  hours_per_week: number
  arrangements: string[]
}>

/**
 * Hours per week promised by one organisation to another, on one day or from today on, the largest first. Where they differ
 * from time to time they are the most there is at a time: of terms and arrangements that follow each other, one.
 */
export async function readFlows(tx: Transaction<Schema>, day: string | undefined): Promise<FlowRow[]> {
  const from = day ? sql`${day}::date` : sql`(select app_today())`
  const { rows } = await sql<FlowRow>`
    with promised as materialized (
      select a.id, a.lender_id, s.organisation_id as borrower_id, s.hours_per_week,
        greatest(lower(s.period), ${from}) as begins, least(upper(s.period), coalesce(a.ends_on + 1, 'infinity')) as through
      from arrangement a join share s on s.arrangement_id = a.id and s.revision = a.revision
      where a.status in ('approved', 'active')
    ), flowing as (
      select * from promised where through > begins ${day ? sql`and begins = ${from}` : sql``}
    ), at_a_time as (
      select one.lender_id, one.borrower_id, one.begins, sum(other.hours_per_week) as hours_per_week
      from (select distinct lender_id, borrower_id, begins from flowing) one
      join flowing other using (lender_id, borrower_id)
      where other.begins <= one.begins and other.through > one.begins
      group by 1, 2, 3
    )
    select lender_id, borrower_id, max(hours_per_week) as hours_per_week,
      (select array_agg(distinct id) from flowing f where f.lender_id = t.lender_id and f.borrower_id = t.borrower_id) as arrangements
    from at_a_time t
    group by 1, 2 order by 3 desc, 1, 2 limit 1000`.execute(tx)
  return rows
}
