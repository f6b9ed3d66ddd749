import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What an offer cost when terms were put is part of them; of terms from before this was kept it is not known. */
export const costOfTerms: Migration = {
  async up(db) {
    await sql`alter table revision add column cost_model text, add column ore_per_hour int`.execute(db)
  },
}
