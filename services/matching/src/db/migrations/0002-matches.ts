import { enableTenancy } from '@samkraft/db'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * What was computed. A match concerns two organisations at once, so it has no single tenant to be kept to; the use cases
 * say who may read it. What an organisation has looked at is its own, and kept to it.
 */
export const matches: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table match (
        request_id uuid not null references request on delete cascade,
        offer_id uuid not null references offer on delete cascade,
        score int not null,
        match_group text not null check (match_group in ('full', 'partial', 'part_of_period', 'near')),
        hours_per_week double precision not null,
        asked_hours_per_week double precision not null,
        period daterange,
        km int,
        factors jsonb not null,
        improvements jsonb not null,
        computed_at timestamptz not null,
        serves_since timestamptz,
        primary key (request_id, offer_id)
      )`.execute(db)
    await sql`create index match_offer on match (offer_id, score desc, request_id)`.execute(db)

    await sql`
      create table seen (
        organisation_id uuid not null,
        subject text not null check (subject in ('request', 'offer')),
        subject_id uuid not null,
        seen_at timestamptz not null,
        primary key (organisation_id, subject, subject_id)
      )`.execute(db)
    await enableTenancy(db, 'seen')
  },
}
