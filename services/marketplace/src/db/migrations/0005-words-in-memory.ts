import { type Kysely, sql } from 'kysely'

/** The words of the vocabulary are read from its files and kept in memory: nothing asks the database for them any more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop function nearly_words(text)`.execute(db)
  await sql`drop function analyse_vocabulary()`.execute(db)
  await sql`drop table competence_word`.execute(db)
}
