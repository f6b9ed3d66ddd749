import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The version of the offer when terms were put says what it came with then; of terms from before this was kept it is not known. */
export const offerVersion: Migration = {
  async up(db) {
    await sql`alter table revision add column offer_version int`.execute(db)
  },
}
