import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A request may get other hours in one term than in the next of the same arrangement. */
export const sharesByTerm: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      alter table arrangement_share drop constraint arrangement_share_pkey,
        add primary key (arrangement_id, borrower_id, request_id, period)`.execute(db)
  },
}
