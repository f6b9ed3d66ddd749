import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

export type FlowRow = Readonly<{
  lender_id: string
  borrower_id: string
  hours_per_week: number
  arrangements: string[]
}>

/**
 * Hours per week promised by one organisation to another, on one day or from today on, the largest first. What differs between
 * terms counts as the most.
 */
export async function readFlows(tx: Transaction<Schema>, day: string | undefined): Promise<FlowRow[]> {
  const through = sql`least(upper(s.period), coalesce(a.ends_on + 1, 'infinity'))`
  const when = day
    ? sql`lower(s.period) <= ${day}::date and ${through} > ${day}::date`
    : sql`${through} > greatest((select app_today()), lower(s.period))`
  const { rows } = await sql<FlowRow>`
    select lender_id, borrower_id, sum(hours_per_week) as hours_per_week, array_agg(distinct id) as arrangements
    from (
      select a.id, a.lender_id, s.organisation_id as borrower_id, max(s.hours_per_week) as hours_per_week
      from arrangement a join share s on s.arrangement_id = a.id and s.revision = a.revision
      where a.status in ('approved', 'active') and ${when}
      group by a.id, a.lender_id, s.organisation_id, s.request_id) of_request
    group by 1, 2 order by 3 desc, 1, 2 limit 1000`.execute(tx)
  return rows
}
