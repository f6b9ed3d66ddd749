import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * The name of an organisation counts in no match, but lists stand in its order, as Swedish sorts it. One the register told of
 * before has none until it tells of it again.
 */
export const organisationNames: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table organisation add column short_name text collate "sv-x-icu" not null default ''`.execute(db)
  },
}
