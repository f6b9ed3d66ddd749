import type { SummaryRow } from '@samkraft/contracts/marketplace'
import type { Period } from '@samkraft/kernel'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * Open offers and requests of each organisation of a county, and their hours over the weeks asked for (from this week on, when
 * none are): one statement, and what each holds is kept as a few stretches of weeks.
 */
export async function readSummary(
  db: Kysely<Schema>,
  county: string,
  period: Period | undefined,
): Promise<{ fromWeek: string; rows: SummaryRow[] }> {
  const { rows } = await sql<{ from_week: string; rows: SummaryRow[] }>`
    with weeks as (
      select date_trunc('week', coalesce(${period?.from ?? null}::date, app_today()))::date as from_week,
        coalesce(${period?.to ?? null}::date, 'infinity'::date) as to_day
    ), offers as (
      select organisation_id, count(*) as count, sum(${hours('extent')}) as whole, sum(${hours('remaining')}) as rest
      from published_offer, weeks where status = 'published' and county_code = ${county} group by organisation_id
    ), requests as (
      select organisation_id, count(*) as count, sum(${hours('extent')}) as whole, sum(${hours('remaining')}) as rest
      from published_request, weeks where status = 'published' and county_code = ${county} group by organisation_id
    )
    select from_week, (
      select coalesce(json_agg(json_build_object(
        'organisation', json_build_object('id', o.id, 'name', o.name, 'shortName', o.short_name,
          'municipalityCode', o.municipality_code, 'countyCode', o.county_code),
        'offers', coalesce(offers.count, 0), 'requests', coalesce(requests.count, 0),
        'hoursOffered', coalesce(offers.whole, 0), 'hoursLeft', coalesce(offers.rest, 0),
        'hoursAsked', coalesce(requests.whole, 0), 'hoursUncovered', coalesce(requests.rest, 0)) order by o.short_name, o.id), '[]')
      from organisation o
      left join offers on offers.organisation_id = o.id left join requests on requests.organisation_id = o.id
      where o.county_code = ${county}
    ) as rows from weeks`.execute(db)
  const [row] = rows
  if (!row) throw new Error('a select from one row gives one row')
  return { fromWeek: row.from_week, rows: row.rows }
}

/** Hours of some stretches that lie in the weeks asked for. */
function hours(column: 'extent' | 'remaining') {
  return sql`(
    select coalesce(sum(stretch."hoursPerWeek" * ceil(greatest(0,
      least(stretch."toWeek", to_day) - greatest(stretch."fromWeek", from_week)) / 7.0)), 0)
    from jsonb_to_recordset(${sql.ref(column)}) as stretch("fromWeek" date, "toWeek" date, "hoursPerWeek" float8))`
}
