import { enableTenancy } from '@samkraft/db'
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
    await protect(db)
  },
}

/**
 * Signing in must find an account before anyone is known, in whichever organisations it has memberships. Rather than a
 * role or a function that sees everything, two more settings name exactly one row each: `app.email` the account of one
 * address, `app.secret_hash` the session or invitation of one secret. Code that forgets its `where` still gets one row or none,
 * nobody can list accounts, and the tables' owner is bound as well.
 */
async function protect(db: Parameters<Migration['up']>[0]): Promise<void> {
  await sql`
    create function app_email() returns text language sql stable parallel safe
      as $$ select nullif(current_setting('app.email', true), '') $$`.execute(db)
  await sql`
    create function app_secret_hash() returns bytea language sql stable parallel safe
      as $$ select decode(nullif(current_setting('app.secret_hash', true), ''), 'hex') $$`.execute(db)

  await enableTenancy(db, 'membership')
  await sql`create policy own on membership for select using (person_id = app_person())`.execute(db)

  await enableTenancy(db, 'invitation')
  await sql`create policy holder on invitation for select using (secret_hash = app_secret_hash())`.execute(db)
  // A month after its time an invitation is nobody's any more; the address in it must go (retention).
  await sql`create policy forgotten_read on invitation for select using (expires_at < app_now() - interval '30 days')`.execute(
    db,
  )
  await sql`create policy forgotten on invitation for delete using (expires_at < app_now() - interval '30 days')`.execute(
    db,
  )

  for (const table of ['person', 'credential', 'session']) {
    await sql`alter table ${sql.table(table)} enable row level security`.execute(db)
    await sql`alter table ${sql.table(table)} force row level security`.execute(db)
  }
  await sql`create policy own on person using (id = app_person()) with check (id = app_person())`.execute(db)
  await sql`create policy claimed on person for select using (email = app_email())`.execute(db)
  await sql`create policy colleagues on person for select using (
    exists (select from membership m where m.person_id = person.id and m.organisation_id = app_organisation()))`.execute(
    db,
  )

  // Administrators have no way to a colleague's password hash: only the person, and whoever claims exactly that address.
  await sql`create policy own on credential using (person_id = app_person()) with check (person_id = app_person())`.execute(
    db,
  )
  await sql`create policy claimed on credential for select using (
    exists (select from person p where p.id = credential.person_id and p.email = app_email()))`.execute(db)

  await sql`create policy own on session using (person_id = app_person()) with check (person_id = app_person())`.execute(
    db,
  )
  await sql`create policy holder on session using (secret_hash = app_secret_hash())`.execute(db)
  // So that an administrator who disables somebody ends their sessions here, and the sweep those that have had their time.
  await sql`create policy closable on session for select using (organisation_id = app_organisation() or ends_at <= app_now())`.execute(
    db,
  )
  await sql`create policy closing on session for delete using (organisation_id = app_organisation() or ends_at <= app_now())`.execute(
    db,
  )
  await sql`create policy entered on membership for select using (
    exists (select from session s where s.secret_hash = app_secret_hash() and s.person_id = membership.person_id))`.execute(
    db,
  )
}
