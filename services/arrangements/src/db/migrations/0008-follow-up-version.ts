import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A region has several coordinators: a reminder is changed on the version one has seen, as everything else is. */
export const followUpVersion: Migration = {
  async up(db) {
    await sql`alter table follow_up add column version int not null default 1`.execute(db)
  },
}
