import { type Kysely, sql } from 'kysely'

/** Our own copy of what identity says of organisations: names, county and position. Public facts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisation (
      id uuid primary key,
      kind text not null,
      name text not null,
      short_name text not null,
      municipality_code text unique,
      county_code text,
      population int,
      skr_group text,
      latitude float8,
      longitude float8
    )`.execute(db)
  await sql`create index organisation_county on organisation (county_code)`.execute(db)
}
