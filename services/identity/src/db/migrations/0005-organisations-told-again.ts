import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Tells once more of every organisation there is. A listener that has come to keep more of them than it did (matching, their
 * names) has of those it was told of before only what it kept then, and passes over the old events.
 */
export const organisationsToldAgain: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      with told as (
        insert into stream as s (aggregate_id, sequence) select id, 1 from organisation
        on conflict (aggregate_id) do update set sequence = s.sequence + 1 returning aggregate_id, sequence
      )
      insert into outbox (type, aggregate, aggregate_id, sequence, organisation_id, request_id, data)
      select 'identity.organisation_changed.v1', 'organisation', o.id, told.sequence, o.id, ${randomUUID()},
        jsonb_build_object(
          'organisationId', o.id, 'kind', o.kind, 'name', o.name, 'shortName', o.short_name,
          'municipalityCode', o.municipality_code, 'countyCode', o.county_code, 'population', o.population,
          'skrGroup', o.skr_group, 'latitude', o.latitude, 'longitude', o.longitude)
      from told join organisation o on o.id = told.aggregate_id`.execute(db)
  },
}
