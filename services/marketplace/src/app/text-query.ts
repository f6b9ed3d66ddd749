import { fullTimeHours, type Period } from '@samkraft/kernel'
import type { Kysely } from 'kysely'
import type { Services } from '../context.ts'
import type { Schema } from '../db/schema.ts'
import { nearOrganisations, stemsOf } from '../db/words.ts'
import { readBesides } from '../domain/resolver/besides.ts'
import { tellingTokens } from '../domain/resolver/features.ts'
import type { Resolved, Resolver } from '../domain/resolver/resolver.ts'
import { isStopWord, tokensOf, withoutStandIns } from '../domain/resolver/swedish.ts'

/** The text index's own notation, and the labels of competences the words mean above all. */
export type TextQuery = Readonly<{ query: string; main: string | null }>

/** Turns what somebody types into a query of the text index; null when there is nothing in it to look for. */
export type TextQueries = (text: string) => Promise<TextQuery | null>

/** What a text asks for; `text` is undefined when it says nothing but how much and when. */
export type ReadText = Readonly<{
  text: string | undefined
  period: Period | undefined
  leastHours: number | undefined
}>

/**
 * The days that a text is for ("vt 2027"), and the hours a week that it asks for when it names nothing to look for ("8 h/v"):
 * whoever types that wants at least so many.
 */
export function readText(text: string): ReadText {
  const { extent, period, rest } = readBesides(text)
  const alone = (extent !== null || period !== null) && tokensOf(rest).every(isStopWord)
  const hours = extent && ('hoursPerWeek' in extent ? extent.hoursPerWeek : (extent.percent / 100) * fullTimeHours)
  return {
    text: alone ? undefined : text,
    period: period ?? undefined,
    leastHours: alone ? (hours ?? undefined) : undefined,
  }
}

const remembered = 500
const forgetAfterMilliseconds = 60_000

const mostWords = 8

/**
 * Every word must be found: as a word of the text or the beginning of one, as a competence it means, or, when it surely means
 * none, as an organisation it nearly names. What means a competence as a whole ("svenska som andraspråk") finds that as well.
 * The same words are often typed again, so answers are kept.
 */
export function createTextQueries(db: Kysely<Schema>, resolver: Services['resolver']): TextQueries {
  const known = new Map<string, TextQuery | null>()
  let since = performance.now()
  return async (text) => {
    // Organisations come and change their names; a minute-old answer is good enough, an old one is not.
    if (known.size >= remembered || performance.now() - since > forgetAfterMilliseconds) {
      known.clear()
      since = performance.now()
    }
    const { rest } = readBesides(text)
    const telling = withoutStandIns(tellingTokens(tokensOf(rest).length > 0 ? rest : text))
    const words = [...new Set(telling)].slice(0, mostWords)
    const key = words.join(' ')
    const before = known.get(key)
    if (before !== undefined) return before
    const query = await textQuery(db, await resolver(), words)
    known.set(key, query)
    return query
  }
}

async function textQuery(db: Kysely<Schema>, resolver: Resolver, words: readonly string[]): Promise<TextQuery | null> {
  const parts: string[] = []
  const main: string[] = []
  for (const [position, stem] of (await stemsOf(db, words)).entries()) {
    if (stem === '') continue
    const word = words[position] ?? ''
    const meant = meantBy(resolver, word)
    const slugs = meant.map(({ slug }) => slug)
    const others = word.length > 3 && !meant.some(isCertain) ? await nearOrganisations(db, word) : []
    parts.push(anyOf([stem, ...slugs.map((slug) => label('competence', slug)), ...others]))
    if (slugs.length > 0) main.push(anyOf(slugs.map((slug) => label('main', slug))))
  }
  if (parts.length === 0) return null
  const whole = words.length > 1 ? meantBy(resolver, words.join(' '), words.length).map(({ slug }) => slug) : []
  const either = (named: string, all: string) => anyOf([all, ...whole.map((slug) => label(named, slug))])
  return {
    query: either('competence', allOf(parts)),
    main: main.length > 0 ? either('main', allOf(main)) : null,
  }
}

/** Below this a word says little of what is searched for, beside the best it says nothing. */
const sayingEnough = 0.45
const nearlyBest = 0.7

/** Competences that the words surely mean, `all` of them. */
function meantBy({ resolve }: Resolver, text: string, all = 1): Resolved[] {
  const { competences } = resolve(text, 12)
  const least = Math.max(sayingEnough, (competences[0]?.score ?? 0) * nearlyBest)
  return competences.filter(({ score, evidence }) => score >= least && evidence.typed.length >= all)
}

/** Whether the word itself is meant, and not only one that looks like it. */
function isCertain({ evidence }: Resolved): boolean {
  return evidence.way !== 'misspelt' && evidence.way !== 'alike'
}

/** A label as the text index has it; its name is one of ours, its value a slug or a code. */
export function label(name: string, value: string): string {
  return `'${name}.${value.replaceAll(/['\\]/g, '')}'`
}

/** One of these terms, or several. */
export function anyOf(terms: readonly string[]): string {
  return `(${terms.join(' | ')})`
}

/** Every one of these terms. */
export function allOf(terms: readonly string[]): string {
  return terms.join(' & ')
}
