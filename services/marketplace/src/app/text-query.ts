import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { findWords, nearOrganisations, stemsOf } from '../db/words.ts'
import { bestHits, wordsOf } from '../domain/words.ts'

/** The text index's own notation, and the labels of competences the words mean above all. */
export type TextQuery = Readonly<{ query: string; main: string | null }>

/** Turns what somebody types into a query of the text index; null when there is nothing in it to look for. */
export type TextQueries = (text: string) => Promise<TextQuery | null>

const remembered = 500

/**
 * Every word must be found: as a word of the text or the beginning of one, as a competence it is another name of, or,
 * when it is neither, as an organisation it nearly names. The same words are often typed again, so answers are kept.
 */
export function createTextQueries(db: Kysely<Schema>): TextQueries {
  const known = new Map<string, TextQuery | null>()
  return async (text) => {
    const words = wordsOf(text)
    const key = words.join(' ')
    const before = known.get(key)
    if (before !== undefined) return before
    const query = await textQuery(db, words)
    if (known.size >= remembered) known.clear()
    known.set(key, query)
    return query
  }
}

async function textQuery(db: Kysely<Schema>, words: readonly string[]): Promise<TextQuery | null> {
  if (words.length === 0) return null
  const [hits, stems] = await Promise.all([findWords(db, words), stemsOf(db, words)])
  const parts: string[] = []
  const main: string[] = []
  for (const [position, stem] of stems.entries()) {
    if (stem === '') continue
    const slugs = bestHits(hits.filter(({ index }) => index === position + 1)).map(({ slug }) => slug)
    const word = words[position] ?? ''
    const others = slugs.length === 0 && word.length > 3 ? await nearOrganisations(db, word) : []
    parts.push(anyOf([stem, ...slugs.map((slug) => label('competence', slug)), ...others]))
    if (slugs.length > 0) main.push(anyOf(slugs.map((slug) => label('main', slug))))
  }
  return parts.length === 0 ? null : { query: allOf(parts), main: main.length === 0 ? null : allOf(main) }
}

/** A label as the text index has it; its name is one of ours, its value a slug or a code. */
export function label(name: string, value: string): string {
  return `'${name}.${value.replaceAll(/['\\]/g, '')}'`
}

export function anyOf(terms: readonly string[]): string {
  return `(${terms.join(' | ')})`
}

export function allOf(terms: readonly string[]): string {
  return terms.join(' & ')
}
