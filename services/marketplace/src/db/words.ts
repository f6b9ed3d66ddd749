import { type Kysely, sql } from 'kysely'
import type { WordHit } from '../domain/words.ts'
import type { Schema } from './schema.ts'

/**
 * What each word hits in the vocabulary, the best of each competence: a whole word, the beginning of one, a part of a compound
 * ("psykolog" in "skolpsykolog"), or one that is nearly the same ("psykolg").
 */
export async function findWords(db: Kysely<Schema>, words: readonly string[]): Promise<WordHit[]> {
  const { rows } = await sql<WordHit>`
    select distinct on (typed.index, w.slug) typed.index::int as index, w.slug, w.word, w.kind,
      w.weight * case
        when w.plain = typed.word then 1
        when w.plain ~ ('\\m' || typed.word || '\\M') then 0.95
        when w.plain ~ ('\\m' || typed.word) then 0.85
        when w.plain like '%' || typed.word || '%' then 0.8
        else 0.75 * word_similarity(typed.word, w.plain) end as score
    from unnest(${[...words]}::text[]) with ordinality as typed(word, index)
    join competence_word w on w.plain like '%' || typed.word || '%' or (length(typed.word) > 3 and w.plain %> typed.word)
    where length(typed.word) > 2 or w.plain ~ ('\\m' || typed.word)
    order by typed.index, w.slug, score desc`.execute(db)
  return rows
}

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
    select plainto_tsquery('swedish_plain', short_name)::text as name from organisation
    where similarity(lower(unaccent(short_name)), ${word}) > 0.45
    order by similarity(lower(unaccent(short_name)), ${word}) desc limit 3`.execute(db)
  return rows.map(({ name }) => name).filter((name) => name !== '')
}
