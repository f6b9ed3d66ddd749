import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Arrangements are looked up by the offers they are about: whether one is being agreed on, and for a page of offers. */
export const byOffer: Migration = {
  async up(db) {
    await sql`create index arrangement_offer on arrangement (offer_id)`.execute(db)
  },
}
