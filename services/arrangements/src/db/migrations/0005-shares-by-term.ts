import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A request may get other hours in one term than in the next: each stretch of weeks is a share of its own. */
export const sharesByTerm: Migration = {
  async up(db) {
    await sql`alter table share drop constraint share_arrangement_id_revision_request_id_key`.execute(db)
  },
}
