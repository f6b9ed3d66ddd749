import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Matching's own copy of what is open, kept up to date by events.
 *
 * None of these tables has row-level security: published offers and requests, the register of organisations and the hours
 * given and taken in approved arrangements are public to all parties, and a request is matched against everybody's offers.
 */
export const openMarket: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table organisation (
        organisation_id uuid primary key,
        kind text not null,
        county_code text,
        population int,
        latitude double precision,
        longitude double precision
      )`.execute(db)

    await sql`
      create table offer (
        offer_id uuid primary key,
        organisation_id uuid not null,
        revision int not null,
        open boolean not null,
        facts jsonb not null,
        stale_since timestamptz,
        stale_by text
      )`.execute(db)
    await sql`create index offer_stale on offer (stale_since) where stale_since is not null`.execute(db)
    await sql`create index offer_organisation on offer (organisation_id)`.execute(db)

    // One row per competence of an offer that is open and has hours left: what a request looks its candidates up in,
    // with the few numbers that say how well each may do before it is read in full.
    await sql`
      create table offer_competence (
        offer_id uuid not null references offer on delete cascade,
        competence text not null,
        period daterange not null,
        organisation_id uuid not null,
        most_hours double precision not null,
        place text not null,
        travel_km int,
        primary key (offer_id, competence)
      )`.execute(db)
    await sql`create index offer_competence_period on offer_competence using gist (competence, period)`.execute(db)

    await sql`
      create table request (
        request_id uuid primary key,
        organisation_id uuid not null,
        open boolean not null,
        opened_at timestamptz not null,
        facts jsonb not null,
        stale_since timestamptz,
        stale_by text,
        computed_at timestamptz,
        serving int not null default 0,
        near int not null default 0,
        lowest_serving int,
        lowest_near int,
        more_serving boolean not null default false,
        more_near boolean not null default false
      )`.execute(db)
    await sql`create index request_stale on request (stale_since) where stale_since is not null`.execute(db)
    await sql`create index request_organisation on request (organisation_id)`.execute(db)
    await sql`create index request_unmet on request (opened_at, request_id) where open and serving = 0`.execute(db)

    await sql`
      create table request_competence (
        request_id uuid not null references request on delete cascade,
        competence text not null,
        period daterange not null,
        primary key (request_id, competence)
      )`.execute(db)
    await sql`create index request_competence_period on request_competence using gist (competence, period)`.execute(db)

    await sql`
      create table arrangement_share (
        arrangement_id uuid not null,
        lender_id uuid not null,
        borrower_id uuid not null,
        request_id uuid not null,
        period daterange not null,
        hours_per_week double precision not null,
        hours double precision not null,
        primary key (arrangement_id, borrower_id, request_id)
      )`.execute(db)
    await sql`create index arrangement_share_lender on arrangement_share (lender_id) include (hours)`.execute(db)
    await sql`create index arrangement_share_borrower on arrangement_share (borrower_id) include (hours)`.execute(db)
  },
}
