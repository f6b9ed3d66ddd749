import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Where somebody has signed in lately. As with attempts no row belongs to an organisation: a key says nothing to who reads it. */
export const knownPlaces: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table known_place (key bytea primary key, known_until timestamptz not null)`.execute(db)
    await sql`create index known_place_ending on known_place (known_until)`.execute(db)
  },
}
