import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Where an offer sets out from and where a request is, when that is not its owner's own place. Null for those from before this was
 * told: they count as in their owner's place until they are told of anew.
 */
export const places: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of ['offer', 'request', 'offer_competence'])
      await sql`alter table ${sql.table(table)} add column place_organisation_id uuid`.execute(db)
    // Found when that municipality moves.
    for (const table of ['offer', 'request'])
      await sql`
        create index ${sql.id(`${table}_place`)} on ${sql.table(table)} (place_organisation_id)
        where place_organisation_id is not null`.execute(db)
  },
}
