import type { RequestFigures } from '@samkraft/contracts/marketplace'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * Every request that organisations of a county have ever published, by its status and by how far it is covered. The weeks gone by
 * count as well: a list says what is still lacking, and this what became of it. Materialized, so that the hours of each are
 * summed once and not for every count.
 */
export async function readRequestFigures(db: Kysely<Schema>, county: string): Promise<RequestFigures> {
  const { rows } = await sql<RequestFigures>`
    with request as materialized (
      select r.status, ${hours(sql`r.extent`)} as asked, ${hours(sql`(r.item -> 'left')::jsonb`)} as lacking
      from organisation o join published_request r on r.organisation_id = o.id where o.county_code = ${county}
    )
    select ${fared(sql`status in ('published', 'paused')`)} as open, ${fared(sql`status = 'expired'`)} as expired,
      ${fared(sql`status = 'withdrawn'`)} as withdrawn
    from request`.execute(db)
  const [row] = rows
  if (!row) throw new Error('counting gives one row')
  return row
}

/** All hours of some stretches of weeks. */
function hours(weeks: RawBuilder<unknown>) {
  return sql`(
    select coalesce(sum(stretch."hoursPerWeek" * (stretch."toWeek" - stretch."fromWeek") / 7), 0)
    from jsonb_to_recordset(${weeks}) as stretch("fromWeek" date, "toWeek" date, "hoursPerWeek" float8))`
}

function fared(within: RawBuilder<unknown>) {
  return sql`json_build_object(
      'covered', count(*) filter (where ${within} and lacking = 0),
      'partlyCovered', count(*) filter (where ${within} and lacking > 0 and lacking < asked),
      'uncovered', count(*) filter (where ${within} and lacking > 0 and lacking >= asked))`
}
