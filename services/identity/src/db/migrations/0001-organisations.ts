import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const organisations: Migration = {
  async up(db) {
    await sql`
      create table organisation (
        id uuid primary key,
        kind text not null,
        name text not null,
        short_name text not null,
        search_name text not null,
        municipality_code text unique,
        county_code text,
        county_name text,
        population int,
        population_year int,
        skr_group text,
        skr_group_name text,
        organisation_number text,
        seat text,
        latitude double precision,
        longitude double precision
      )`.execute(db)
    await sql`create index organisation_by_name on organisation (short_name collate "sv-x-icu", id)`.execute(db)
  },
}
