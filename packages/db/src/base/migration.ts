import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Makes a table private to the organisation in `organisation_id`: row-level security, enabled and forced
 * (so that it binds the table's owner as well). Without a tenant context nothing is visible.
 */
export async function enableTenancy(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`alter table ${sql.table(table)} enable row level security`.execute(db)
  await sql`alter table ${sql.table(table)} force row level security`.execute(db)
  await sql`create policy tenant on ${sql.table(table)}
    using (organisation_id = app_organisation()) with check (organisation_id = app_organisation())`.execute(db)
}

const context: Migration = {
  async up(db) {
    // A setting made inside a transaction reads '' after it, hence the nullif.
    await sql`
      create function app_organisation() returns uuid language sql stable parallel safe
        as $$ select nullif(current_setting('app.organisation', true), '')::uuid $$`.execute(db)
    await sql`
      create function app_person() returns uuid language sql stable parallel safe
        as $$ select nullif(current_setting('app.person', true), '')::uuid $$`.execute(db)
    // Deadlines live by this clock. Only the owner role may shift it, which rehearsals and tests do.
    await sql`create table clock (one boolean primary key default true check (one), shift interval not null)`.execute(
      db,
    )
    await sql`insert into clock (shift) values ('0')`.execute(db)
    await sql`
      create function app_now() returns timestamptz language sql stable
        as $$ select now() + shift from clock $$`.execute(db)
    await sql`
      create function app_today() returns date language sql stable
        as $$ select (app_now() at time zone 'Europe/Stockholm')::date $$`.execute(db)
  },
}

const events: Migration = {
  async up(db) {
    await sql`create table stream (aggregate_id uuid primary key, sequence int not null)`.execute(db)
    await sql`create table inbox (aggregate_id uuid primary key, sequence int not null)`.execute(db)
    await sql`
      create table outbox (
        position bigint generated always as identity primary key,
        id uuid not null default uuidv7(),
        type text not null,
        aggregate text not null,
        aggregate_id uuid not null,
        sequence int not null,
        organisation_id uuid not null,
        request_id text not null,
        occurred_at timestamptz not null default now(),
        data jsonb not null,
        published_at timestamptz,
        unique (aggregate_id, sequence)
      )`.execute(db)
    await sql`create index outbox_waiting on outbox (position) where published_at is null`.execute(db)
  },
}

const commands: Migration = {
  async up(db) {
    await sql`
      create table command (
        organisation_id uuid not null,
        key uuid not null,
        name text not null,
        input_hash text not null,
        result jsonb,
        created_at timestamptz not null default now(),
        primary key (organisation_id, key)
      )`.execute(db)
    await sql`create index command_created on command (created_at)`.execute(db)
    await enableTenancy(db, 'command')
    // A month after it was made nobody repeats it, and whoever cleans up may forget it (`forgetCommands`).
    await sql`create policy forgotten_read on command for select using (created_at < now() - interval '30 days')`.execute(
      db,
    )
    await sql`create policy forgotten on command for delete using (created_at < now() - interval '30 days')`.execute(db)
    // One round trip: sets who acts, and takes the command's key. A second caller with the same key waits here
    // for the first to commit, and then reads its result.
    await sql`
      create function begin_command(organisation uuid, person uuid, command_key uuid, command_name text, hash text)
        returns table (first boolean, same_input boolean, result jsonb) language plpgsql as $$
      begin
        perform set_config('app.organisation', organisation::text, true), set_config('app.person', person::text, true);
        insert into command (organisation_id, key, name, input_hash)
          values (organisation, command_key, command_name, hash) on conflict do nothing;
        if found then
          return query select true, true, null::jsonb;
        else
          return query select false, c.name = command_name and c.input_hash = hash, c.result
            from command c where c.organisation_id = organisation and c.key = command_key;
        end if;
      end $$`.execute(db)
  },
}

const audit: Migration = {
  async up(db) {
    await sql`
      create table audit (
        organisation_id uuid not null,
        number bigint not null,
        at timestamptz not null,
        person_id uuid,
        request_id text not null,
        command text not null,
        subject_type text not null,
        subject_id uuid not null,
        before jsonb,
        after jsonb,
        concerns uuid[] not null,
        previous_hash bytea not null,
        hash bytea not null,
        primary key (organisation_id, number)
      )`.execute(db)
    await sql`create index audit_newest on audit (at desc, organisation_id desc, number desc)`.execute(db)
    await sql`create index audit_subject on audit (subject_id, at)`.execute(db)
    await sql`create index audit_concerns on audit using gin (concerns)`.execute(db)
    await sql`create table audit_head (organisation_id uuid primary key, number bigint not null, hash bytea not null)`.execute(
      db,
    )
    await sql`alter table audit enable row level security`.execute(db)
    await sql`alter table audit force row level security`.execute(db)
    await sql`create policy readers on audit for select
      using (organisation_id = app_organisation() or concerns @> array[app_organisation()])`.execute(db)
    await sql`create policy writers on audit for insert with check (organisation_id = app_organisation())`.execute(db)
    await sql`
      create function audit_hash(a audit) returns bytea language sql stable as $$
        select sha256(convert_to(jsonb_build_array(
          encode(a.previous_hash, 'hex'), a.organisation_id, a.number, extract(epoch from a.at), a.person_id, a.request_id,
          a.command, a.subject_type, a.subject_id, a.before, a.after, a.concerns)::text, 'UTF8')) $$`.execute(db)
    // Definer's rights: the app role may add a link to the chain but never touch its head.
    await sql`
      create function audit_link() returns trigger language plpgsql security definer set search_path = public as $$
      declare head audit_head;
      begin
        select * into head from audit_head where organisation_id = new.organisation_id for update;
        if not found then
          insert into audit_head values (new.organisation_id, 0, '') on conflict do nothing;
          select * into head from audit_head where organisation_id = new.organisation_id for update;
        end if;
        new.number := head.number + 1;
        new.at := app_now();
        new.previous_hash := head.hash;
        new.hash := audit_hash(new);
        update audit_head set number = new.number, hash = new.hash where organisation_id = new.organisation_id;
        return new;
      end $$`.execute(db)
    await sql`create trigger audit_link before insert on audit for each row execute function audit_link()`.execute(db)
  },
}

/** Where a chain ends, for who checks it: the newest entries may be missing, and those that are left fit each other. */
const auditEnd: Migration = {
  async up(db) {
    await sql`
      create function audit_end(organisation uuid) returns table (number bigint, hash bytea)
        language sql stable security definer set search_path = public
        as $$ select number, hash from audit_head where organisation_id = organisation $$`.execute(db)
  },
}

/** What every service's database starts with. Run before the service's own migrations, but for what was added since. */
export const baseMigrations: Readonly<Record<string, Migration>> = {
  '0000_1_context': context,
  '0000_2_events': events,
  '0000_3_commands': commands,
  '0000_4_audit': audit,
  '0000_5_audit_end': auditEnd,
}
