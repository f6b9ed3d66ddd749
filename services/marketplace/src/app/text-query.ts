import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { findWords, nearOrganisations, stemsOf } from '../db/words.ts'
import { bestHits, isCertain, wordsOf } from '../domain/words.ts'

/** The text index's own notation, and the labels of competences the words mean above all. */
export type TextQuery = Readonly<{ query: string; main: string | null }>

/** Turns what somebody types into a query of the text index; null when there is nothing in it to look for. */
export type TextQueries = (text: string) => Promise<TextQuery | null>

const remembered = 500
const forgetAfterMilliseconds = 60_000

/**
 * Every word must be found: as a word of the text or the beginning of one, as a competence it is another name of, or,
 * when it is surely neither, as an organisation it nearly names. The same words are often typed again, so answers are kept.
 */
export function createTextQueries(db: Kysely<Schema>): TextQueries {
  const known = new Map<string, TextQuery | null>()
  let since = performance.now()
  return async (text) => {
    // Organisations come and change their names; a minute-old answer is good enough, an old one is not.
    if (known.size >= remembered || performance.now() - since > forgetAfterMilliseconds) {
      known.clear()
      since = performance.now()
    }
    const words = wordsOf(text)
    const key = words.join(' ')
    const before = known.get(key)
    if (before !== undefined) return before
    const query = await textQuery(db, words)
    known.set(key, query)
    return query
  }
}

async function textQuery(db: Kysely<Schema>, words: readonly string[]): Promise<TextQuery | null> {
  const [hits, stems] = await Promise.all([findWords(db, words), stemsOf(db, words)])
  const parts: string[] = []
  const main: string[] = []
  for (const [position, stem] of stems.entries()) {
    if (stem === '') continue
    const best = bestHits(hits.filter(({ index }) => index === position + 1))
    const slugs = best.map(({ slug }) => slug)
    const word = words[position] ?? ''
    const others = word.length > 3 && !best.some(isCertain) ? await nearOrganisations(db, word) : []
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
