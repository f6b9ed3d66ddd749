import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** An arrangement is proposed by one of its parties or by the region that coordinates it: by one of those it concerns. */
export const proposingRegion: Migration = {
  async up(db) {
    await sql`
    alter table arrangement
      drop constraint arrangement_check1,
      add constraint arrangement_proposer check (proposer_id = any(concerns))`.execute(db)
  },
}
