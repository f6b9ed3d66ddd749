import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Our copies of what others own, fed by events. All of it is public to every party, so there is no row-level security. */
export const copies: Migration = {
  async up(db) {
    await sql`
      create table organisation (
        id uuid primary key,
        kind text not null,
        name text not null,
        short_name text not null,
        county_code text
      )`.execute(db)
    await sql`create index organisation_region on organisation (county_code) where kind = 'region'`.execute(db)
    await sql`
      create table offer (
        id uuid primary key,
        organisation_id uuid not null,
        open boolean not null,
        facts jsonb not null
      )`.execute(db)
    await sql`
      create table request (
        id uuid primary key,
        organisation_id uuid not null,
        open boolean not null,
        facts jsonb not null,
        published_at timestamptz not null
      )`.execute(db)
  },
}
