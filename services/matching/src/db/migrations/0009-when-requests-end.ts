import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** So that the requests that have gone by are found every so often without reading those that have not. */
export const whenRequestsEnd: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create index request_competence_end on request_competence (upper(period))`.execute(db)
  },
}
