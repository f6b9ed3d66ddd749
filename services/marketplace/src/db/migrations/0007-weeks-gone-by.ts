import { type Kysely, sql } from 'kysely'

/** What has weeks that are gone by is found by an index: it is looked for in every round of the sweep. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const noun of ['offer', 'request']) {
    const published = `published_${noun}`
    await sql`
      create index ${sql.id(`${published}_gone_by`)} on ${sql.table(published)} ((remaining #>> '{0,toWeek}'), id)
      where status in ('published', 'paused')`.execute(db)
  }
}
