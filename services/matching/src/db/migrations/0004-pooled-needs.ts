import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Requests that are seen as one. Like the requests themselves they are public to all parties, so there is no row-level
 * security; the use cases say who may write. A request is part of one at most, and stays in it only while it is open.
 */
export const pooledNeeds: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table pooled_need (
        pooled_need_id uuid primary key default uuidv7(),
        county_code text not null,
        competence text not null,
        started_by uuid not null,
        started_at timestamptz not null,
        closed_at timestamptz
      )`.execute(db)
    await sql`create index pooled_need_open on pooled_need (county_code) where closed_at is null`.execute(db)
    await sql`create index pooled_need_competence on pooled_need (competence) where closed_at is null`.execute(db)

    await sql`
      create table pooled_need_request (
        request_id uuid primary key references request on delete cascade,
        pooled_need_id uuid not null references pooled_need on delete cascade,
        organisation_id uuid not null,
        joined_at timestamptz,
        unique (pooled_need_id, organisation_id)
      )`.execute(db)
    await sql`create index pooled_need_invited on pooled_need_request (organisation_id) where joined_at is null`.execute(
      db,
    )
  },
}
