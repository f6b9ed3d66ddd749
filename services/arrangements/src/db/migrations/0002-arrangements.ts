import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * The arrangement as it stands in one row, and what belongs to it beside. Who may see it is written once, in its own row:
 * `concerns` is generated from the lender, the borrowers and the region.
 */
export const arrangements: Migration = {
  async up(db) {
    await sql`
    create table arrangement (
      id uuid primary key default uuidv7(),
      reference text not null,
      status text not null check (status in ('proposed', 'lender_decision', 'borrower_decision', 'coordinator_approval',
        'reserving', 'approved', 'active', 'ended', 'declined', 'withdrawn', 'lapsed')),
      version int not null,
      region_id uuid not null,
      offer_id uuid not null,
      lender_id uuid not null,
      borrower_ids uuid[] not null check (cardinality(borrower_ids) > 0 and not lender_id = any(borrower_ids)),
      concerns uuid[] not null generated always as (array[lender_id, region_id] || borrower_ids) stored,
      proposer_id uuid not null check (proposer_id = lender_id or proposer_id = any(borrower_ids)),
      competence text not null,
      revision int not null,
      round int not null,
      accepted uuid[] not null,
      period daterange not null check (not isempty(period)),
      hours_per_week double precision not null,
      holder_ids uuid[] not null,
      held_since timestamptz not null,
      held_until date,
      ends_on date,
      reason jsonb,
      proposed_at timestamptz not null,
      updated_at timestamptz not null,
      unique (region_id, reference)
    )`.execute(db)
    await sql`create index arrangement_concerns on arrangement using gin (concerns)`.execute(db)
    await sql`create index arrangement_coordinated on arrangement (region_id, status)`.execute(db)
    await sql`
    create table party (
      arrangement_id uuid not null references arrangement,
      organisation_id uuid not null,
      side text not null check (side in ('lender', 'borrower')),
      diary_number text,
      primary key (arrangement_id, organisation_id)
    )`.execute(db)
    await sql`create index party_diary on party (organisation_id) where diary_number is null`.execute(db)
    await sql`
    create table revision (
      arrangement_id uuid not null references arrangement,
      number int not null,
      organisation_id uuid not null,
      person_id uuid not null,
      role text not null,
      place text not null,
      rationale text not null,
      message text not null,
      at timestamptz not null,
      primary key (arrangement_id, number)
    )`.execute(db)
    await sql`
    create table share (
      arrangement_id uuid not null references arrangement,
      revision int not null,
      position int not null,
      organisation_id uuid not null,
      request_id uuid not null,
      period daterange not null check (not isempty(period)),
      hours_per_week double precision not null check (hours_per_week > 0),
      primary key (arrangement_id, revision, position),
      unique (arrangement_id, revision, request_id)
    )`.execute(db)
    await sql`create index share_request on share (request_id)`.execute(db)
    await sql`
    create table decision (
      arrangement_id uuid not null references arrangement,
      organisation_id uuid not null,
      round int not null,
      revision int not null,
      side text not null,
      person_id uuid not null,
      role text not null,
      decision text not null check (decision in ('yes', 'no')),
      delegation_reference text not null,
      reason_code text,
      reason_text text not null,
      at timestamptz not null,
      primary key (arrangement_id, organisation_id, round)
    )`.execute(db)
    await sql`
    create table step (
      arrangement_id uuid not null references arrangement,
      version int not null,
      at timestamptz not null,
      move text not null,
      side text not null,
      from_status text,
      to_status text not null,
      organisation_id uuid,
      person_id uuid,
      role text,
      revision int not null,
      reason jsonb,
      primary key (arrangement_id, version)
    )`.execute(db)
    await sql`
    create table follow_up (
      arrangement_id uuid primary key references arrangement,
      organisation_id uuid not null,
      date date,
      note text not null
    )`.execute(db)
    // One counter per region and year. It says how many there are and nothing about them.
    await sql`create table diary_series (region_id uuid, year int, last int not null, primary key (region_id, year))`.execute(
      db,
    )
  },
}
