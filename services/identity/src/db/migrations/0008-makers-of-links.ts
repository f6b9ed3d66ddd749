import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Which administrator made a link, acting for which organisation: an administrator who is one no longer takes along those that
 * wait, also one that a region made in a municipality. Null for whoever runs Samkraft, and for links that are older than this.
 */
export const makersOfLinks: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      alter table invitation
        add column made_by uuid references person,
        add column made_in uuid references organisation`.execute(db)
    await sql`create index invitation_maker on invitation (made_by) where accepted_by is null`.execute(db)
    await sql`create policy made_read on invitation for select using (made_in = app_organisation())`.execute(db)
    await sql`create policy made on invitation for delete using (made_in = app_organisation())`.execute(db)
  },
}
