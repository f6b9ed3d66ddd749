import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const people: Migration = {
  async up(db) {
    await sql`
      create table person (
        id uuid primary key default uuidv7(),
        email text not null unique,
        created_at timestamptz not null default now()
      )`.execute(db)
    await sql`
      create table credential (
        person_id uuid primary key references person,
        password_hash text not null,
        changed_at timestamptz not null
      )`.execute(db)
    await sql`
      create table membership (
        organisation_id uuid not null references organisation,
        person_id uuid not null references person,
        title text not null,
        roles text[] not null check (cardinality(roles) > 0),
        disabled boolean not null default false,
        version int not null default 1,
        created_at timestamptz not null default now(),
        primary key (organisation_id, person_id)
      )`.execute(db)
    await sql`create index membership_of_person on membership (person_id)`.execute(db)
    await sql`create index membership_by_title on membership (organisation_id, (title collate "sv-x-icu"), person_id)`.execute(
      db,
    )
    await sql`
      create table session (
        secret_hash bytea primary key,
        person_id uuid not null references person,
        organisation_id uuid not null references organisation,
        seen_at timestamptz not null,
        ends_at timestamptz not null
      )`.execute(db)
    await sql`create index session_of_person on session (person_id)`.execute(db)
    await sql`create index session_ending on session (ends_at)`.execute(db)
    await sql`
      create table invitation (
        id uuid primary key default uuidv7(),
        organisation_id uuid not null references organisation,
        secret_hash bytea not null unique,
        email text not null,
        title text not null,
        roles text[] not null,
        expires_at timestamptz not null,
        accepted_by uuid references person
      )`.execute(db)
    await sql`create unique index invitation_waiting on invitation (organisation_id, email) where accepted_by is null`.execute(
      db,
    )
    await sql`create index invitation_expiring on invitation (expires_at)`.execute(db)
    // No row here belongs to an organisation: a key is the hash of an address.
    await sql`
      create table sign_in_attempt (
        key bytea primary key,
        attempts int not null,
        window_ends_at timestamptz not null
      )`.execute(db)
    await sql`create index sign_in_attempt_ending on sign_in_attempt (window_ends_at)`.execute(db)
  },
}
