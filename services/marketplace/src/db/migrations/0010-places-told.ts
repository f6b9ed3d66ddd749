import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'

/**
 * Tells once more of what is open or paused and in another municipality than its owner's: until now nobody was told where it is.
 * The facts are those last told, with what is left by now and the place.
 */
export async function up<Schema>(db: Kysely<Schema>): Promise<void> {
  for (const noun of ['offer', 'request'])
    await sql`
      with facts as (
        select shown.id, shown.organisation_id, last.data || jsonb_build_object('version', shown.item -> 'version',
          'left', shown.item -> 'left', 'placeOrganisationId', place.id) as data
        from ${sql.table(`published_${noun}`)} shown
          join organisation place on place.municipality_code = shown.more #>> '{at,code}' and place.id <> shown.organisation_id
          cross join lateral (
            select data from outbox where aggregate_id = shown.id
              and type in (${`marketplace.${noun}_published.v1`}, ${`marketplace.${noun}_changed.v1`})
            order by sequence desc limit 1) last
        where shown.status in ('published', 'paused')
      ), told as (
        insert into stream as s (aggregate_id, sequence) select id, 1 from facts
        on conflict (aggregate_id) do update set sequence = s.sequence + 1 returning aggregate_id, sequence
      )
      insert into outbox (type, aggregate, aggregate_id, sequence, organisation_id, request_id, data)
      select ${`marketplace.${noun}_changed.v1`}, ${noun}, id, sequence, organisation_id, ${randomUUID()}, data
      from facts join told on told.aggregate_id = facts.id`.execute(db)
}
