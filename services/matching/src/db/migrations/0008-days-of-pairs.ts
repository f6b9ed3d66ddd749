import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** An offer may serve a request in spring by one arrangement and in autumn by another. Null for those from before: any day. */
export const daysOfPairs: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table arrangement_pair add column days datemultirange`.execute(db)
  },
}
