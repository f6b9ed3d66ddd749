import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Whether whoever runs Samkraft made the link: it then gives a new password to a member of several organisations too. */
export const operatorLinks: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table invitation add column by_operator boolean not null default false`.execute(db)
  },
}
