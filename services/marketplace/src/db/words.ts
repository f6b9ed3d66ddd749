import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** What each word is in the text index: its stem and everything that begins with it; empty for a word too common to look for. */
export async function stemsOf(db: Kysely<Schema>, words: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ stem: string }>`
    select to_tsquery('swedish_plain', typed.word || ':*')::text as stem
    from unnest(${[...words]}::text[]) with ordinality as typed(word, index) order by typed.index`.execute(db)
  return rows.map(({ stem }) => stem)
}

/** Organisations whose name is nearly the word, as they are in the text index. */
export async function nearOrganisations(db: Kysely<Schema>, word: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select plainto_tsquery('swedish_plain', regexp_replace(short_name, '[[:punct:]]+', ' ', 'g'))::text as name from organisation
    where similarity(lower(unaccent(short_name)), ${word}) > 0.32
    order by similarity(lower(unaccent(short_name)), ${word}) desc limit 2`.execute(db)
  return rows.map(({ name }) => name).filter((name) => name !== '')
}
