import { enableTenancy } from '@samkraft/db'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * An arrangement is seen by its parties and by the region that coordinates it, and by nobody else. Its policy reads no other
 * table, so those of the tables below can ask "is the arrangement visible?" without running in circles, and no
 * row elsewhere can open it to a stranger.
 */
export const tenancy: Migration = {
  async up(db) {
    for (const table of ['arrangement', 'party', 'revision', 'share', 'decision', 'step']) {
      await sql`alter table ${sql.table(table)} enable row level security`.execute(db)
      await sql`alter table ${sql.table(table)} force row level security`.execute(db)
    }
    await sql`create policy seen on arrangement for select using (concerns @> array[app_organisation()])`.execute(db)
    await sql`create policy proposed on arrangement for insert
    with check (proposer_id = app_organisation())`.execute(db)
    await sql`create policy moved on arrangement for update
    using (concerns @> array[app_organisation()]) with check (concerns @> array[app_organisation()])`.execute(db)
    // What belongs to an arrangement is seen by those who see it, and what has happened is only ever added to.
    for (const table of ['party', 'revision', 'share', 'decision', 'step']) {
      const visible = sql`exists (select from arrangement a where a.id = ${sql.table(table)}.arrangement_id)`
      await sql`create policy seen on ${sql.table(table)} for select using (${visible})`.execute(db)
      await sql`create policy added on ${sql.table(table)} for insert with check (${visible})`.execute(db)
    }
    await sql`create policy own on party for update
    using (organisation_id = app_organisation()) with check (organisation_id = app_organisation())`.execute(db)
    await enableTenancy(db, 'follow_up')
  },
}
