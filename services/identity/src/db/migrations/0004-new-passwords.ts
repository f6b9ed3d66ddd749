import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** An invitation of a member: it lets that person choose a new password. Null for those that make somebody a member. */
export const newPasswords: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table invitation add column person_id uuid references person`.execute(db)
  },
}
