import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { WordHit } from '../domain/words.ts'
import type { Schema } from './schema.ts'

/**
 * What each word hits in the vocabulary, the best of each competence: a whole word, the beginning of one, a part of a compound
 * ("psykolog" in "skolpsykolog"), or one that is nearly the same ("psykolg"). One or two letters only begin a name.
 */
export async function findWords(db: Kysely<Schema>, words: readonly string[]): Promise<WordHit[]> {
  const typed = words.map((word, position) => ({ word, index: position + 1 }))
  const [long, short] = [typed.filter(({ word }) => word.length > 2), typed.filter(({ word }) => word.length < 3)]
  const [hits, begun] = await Promise.all([
    hitsOf(db, long, sql`competence_word w on w.plain like '%' || typed.word || '%' or w.plain %> typed.word`),
    hitsOf(db, short, sql`competence_word w on w.kind in ('name', 'code') and w.plain ~ ('\\m' || typed.word)`),
  ])
  const missed = long.filter(({ word, index }) => word.length > 4 && !hits.some((hit) => hit.index === index))
  return [...hits, ...begun, ...(await hitsOf(db, missed, sql`lateral nearly_words(typed.word) w on true`))]
}

async function hitsOf(
  db: Kysely<Schema>,
  words: readonly { word: string; index: number }[],
  found: RawBuilder<unknown>,
): Promise<WordHit[]> {
  if (words.length === 0) return []
  const { rows } = await sql<WordHit>`
    select distinct on (typed.index, w.slug) typed.index, w.slug, w.word, w.kind, w.weight,
      w.weight * case
        when w.plain = typed.word then 1
        when w.plain ~ ('\\m' || typed.word || '\\M') then 0.95
        when w.plain ~ ('\\m' || typed.word) then 0.85
        when w.plain like '%' || typed.word || '%' then 0.8
        else 0.4 * (word_similarity(typed.word, w.plain) + strict_word_similarity(typed.word, w.plain)) end
        -- Of words hit alike, the one that says least besides.
        - 0.0005 * least(length(w.plain), 100) as score
    from unnest(${words.map(({ word }) => word)}::text[], ${words.map(({ index }) => index)}::int[]) as typed(word, index)
    join ${found}
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
    where similarity(lower(unaccent(short_name)), ${word}) > 0.32
    order by similarity(lower(unaccent(short_name)), ${word}) desc limit 2`.execute(db)
  return rows.map(({ name }) => name).filter((name) => name !== '')
}
