import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Whoever chooses a password takes back the links to another one, whichever organisation they were made in. */
export const ownLinks: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create policy own_read on invitation for select using (person_id = app_person())`.execute(db)
    await sql`create policy own on invitation for delete using (person_id = app_person())`.execute(db)
  },
}
