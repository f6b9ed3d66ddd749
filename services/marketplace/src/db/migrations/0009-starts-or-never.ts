import { type Kysely, sql } from 'kysely'

/** A list by what begins first has all of it: what has no hours begins on no day, and comes last. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const noun of ['offer', 'request']) {
    const starts = sql.id(`published_${noun}_starts`)
    await sql`drop index ${starts}`.execute(db)
    await sql`
      create index ${starts} on ${sql.table(`published_${noun}`)} (coalesce(starts, 'infinity'::date), id)
      where status = 'published'`.execute(db)
  }
}
