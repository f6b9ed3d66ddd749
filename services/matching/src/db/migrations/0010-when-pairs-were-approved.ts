import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * What was approved before a plan is no part of what the plan gives. When those from before this were approved is not known:
 * of the plans there are, they stay a part.
 */
export const whenPairsWereApproved: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table arrangement_pair add column approved_at timestamptz`.execute(db)
    await sql`
      update arrangement_pair set approved_at = app_now()
      where arrangement_id in (select arrangement_id from arrangement_share)`.execute(db)
  },
}
