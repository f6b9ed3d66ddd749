import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** An authority has several registrars: its number is changed on the version one has seen, as everything else is. */
export const diaryVersion: Migration = {
  async up(db) {
    await sql`alter table party add column diary_version int not null default 0`.execute(db)
  },
}
