import { enableTenancy } from '@samkraft/db'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Signing in must find an account before anyone is known, in whichever organisations it has memberships. Rather than a
 * role or a function that sees everything, two more settings name exactly one row each: `app.email` the account of one
 * address, `app.secret_hash` the session or invitation of one secret. Code that forgets its `where` still gets one row or none,
 * nobody can list accounts, and the tables' owner is bound as well.
 */
export const rowSecurity: Migration = {
  async up(db) {
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
  },
}
