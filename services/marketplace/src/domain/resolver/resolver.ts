import type { HitWay, Through } from '@samkraft/contracts/marketplace'
import { readCompounds } from './compounds.ts'
import { familyOf, leastSure, type Typed, typed, waysOf, type WordSense } from './evidence.ts'
import { addInitials, addWord, type Features, featuresOf, withLetters } from './features.ts'
import { type Concept, type Edge, type Label, readGraph, type Sources } from './graph.ts'
import { type Besides, readBesides } from './besides.ts'
import { readNearWords } from './near-words.ts'
import { isStopWord, plain, seen, stem, tokensOf, withoutStandIns } from './swedish.ts'
import { indexTexts } from './word-index.ts'

/** A competence the words may mean, and why it came up. */
export type Resolved = Readonly<{
  slug: string
  /** How much the words mean it: 1 is its own name, near 0 is chance. */
  score: number
  evidence: Readonly<{
    /** The name that was hit, and how it leads to the competence. */
    label: Label
    through: Through
    /** Which of the typed words hit it, and how the least sure of them did. */
    typed: readonly string[]
    way: HitWay
  }>
}>

export type Resolution = Pick<Besides, 'extent' | 'period'> &
  Readonly<{
    /** The likeliest first. */
    competences: readonly Resolved[]
    /** Words that none of them came from, as they were typed. */
    notUnderstood: readonly string[]
  }>

export type Resolver = Readonly<{
  /** What the words mean; at most `limit` competences. */
  resolve(text: string, limit?: number): Resolution
  /** Occupations, skills and SSYK groups the words mean, and competences by their own names; without following relations. */
  named(text: string, kind: Concept['kind'], limit?: number): { id: string; name: string; score: number }[]
}>

/**
 * Many names that are somewhat alike say more than one, and one that is the same more than many: the third power weighs them so.
 * Of what leads to a competence, its own words and its occupation say more together: there it is the second.
 */
const [namePower, relationPower] = [3, 2]
/** Of all that a concept is called and told, what is said often counts little more than what is said once; letters add up by chance. */
const [often, lettersShare] = [0.5, 0.6]
const correctedShare = 0.8
const abbreviatedShare = 0.7
/** Below this it is chance, and beside the best it says nothing. */
const leastScore = 0.17
const leastOfBest = 0.3
/** Beside what is named exactly: what only has a part of the name in common is no alternative to it. */
const leastBesideExact = 0.45
/** What only looks like a word that was typed must do so more. */
const leastAlike = 0.18
const mostWords = 16

/** Reads the vocabulary once; what it answers depends on nothing else. */
export function createResolver(sources: Sources): Resolver {
  const concepts = readGraph(sources)
  const sense = senseOf(concepts)
  // Apart, since "skol" says little among the competences of schools and much among all occupations.
  const names = [true, false].map((own) =>
    indexNames(concepts, (concept) => (concept.kind === 'competence') === own, sense),
  )
  const covers = [true, false].map((own) =>
    indexConcepts(concepts, (concept) => (concept.kind === 'competence') === own, sense),
  )
  const exactly = exactNames(concepts)
  const calling = callingWords(concepts, sense)

  /** How much each concept is named, by its place, and by which of its labels most. */
  function score(query: Features) {
    const loose = withLetters(query, lettersShare)
    const scores = new Float64Array(concepts.length)
    const nearest: Label[] = []
    const highest = new Float64Array(concepts.length)
    for (const { labels, index } of names) {
      const alike = index.search(query)
      for (const [place, { concept, label }] of labels.entries()) {
        const likeness = (alike[place] ?? 0) * label.weight
        if (likeness === 0) continue
        scores[concept] = (scores[concept] ?? 0) + likeness ** namePower
        if (likeness > (highest[concept] ?? 0)) [highest[concept], nearest[concept]] = [likeness, label]
      }
    }
    for (const place of scores.keys()) scores[place] = (scores[place] ?? 0) ** (1 / namePower) / 2
    for (const { places, index } of covers)
      for (const [at, covered] of index.search(loose).entries()) {
        const place = places[at] ?? 0
        scores[place] = (scores[place] ?? 0) + covered / 2
      }
    return { scores, nearest, highest }
  }

  function resolve(text: string, limit = 8): Resolution {
    const { extent, period, rest } = readBesides(text)
    const named = exactly.get(lettersOf(tokensOf(rest)))
    const telling = tellingWords(rest)
    // "SKA" and "BRÅ" are names, though they look like words that say nothing.
    const words = telling.length === 0 && named ? wordsOf(rest) : telling
    const tokens = words.map(({ token }) => token)
    if (tokens.length === 0) return { competences: [], notUnderstood: [], extent, period }
    const query = queryOf(tokens, sense)
    const { scores, nearest, highest } = score(query.features)
    const exact = named ?? exactly.get(lettersOf(tokens)) ?? new Map<string, Label>()
    const ranked = rankCompetences(concepts, { scores, highest, exact }).slice(0, limit)
    const allTyped = words.map(({ typed }) => typed)
    const competences = ranked.flatMap(({ slug, score, place, edge }): Resolved[] => {
      const name = exact.get(slug)
      if (name)
        return [{ slug, score, evidence: { label: name, through: { by: 'own' }, typed: allTyped, way: 'same' } }]
      const label = nearest[place]
      if (!label) return []
      const ways = waysOf(query.words, query.joined, label.text, sense)
      // Of "controller budgetuppföljning" the nearest name has but the second word.
      const typed = words
        .filter(({ token }, index) => ways[index] !== null || calling.get(slug)?.has(stem(token)))
        .map((word) => word.typed)
      if (typed.length === 0 && score < leastAlike) return []
      return [{ slug, score, evidence: { label, through: edge.through, typed, way: leastSure(ways) } }]
    })
    const understood = new Set(competences.flatMap(({ evidence }) => evidence.typed))
    const notUnderstood = words.filter(({ typed }) => !understood.has(typed)).map(({ typed }) => typed)
    return { competences, notUnderstood, extent, period }
  }

  function named(text: string, kind: Concept['kind'], limit = 5) {
    const tokens = tellingWords(readBesides(text).rest).map(({ token }) => token)
    const { scores } = score(queryOf(tokens, sense).features)
    return concepts
      .flatMap((concept, place) => {
        const score = scores[place] ?? 0
        return concept.kind === kind && score > 0 ? [{ id: concept.id, name: concept.name, score }] : []
      })
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, limit)
  }
  return { resolve, named }
}

type Word = Readonly<{ typed: string; token: string }>

/** The words of a text, as typed and as they are compared. */
function wordsOf(text: string): Word[] {
  return (seen(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((typed) => ({ typed, token: plain(typed) }))
}

/** Those that say something. */
function tellingWords(text: string): Word[] {
  const words = wordsOf(text).filter(({ token }) => !isStopWord(token))
  const telling = new Set(withoutStandIns(words.map(({ token }) => token)))
  return words.filter(({ token }) => telling.has(token)).slice(0, mostWords)
}

type Query = Readonly<{ features: Features; words: readonly Typed[]; joined: readonly Typed[] }>

/** What is looked for: the words, each with the next as one ("skol bibliotekarie"), and what those nobody knows may be meant as. */
function queryOf(tokens: readonly string[], sense: WordSense): Query {
  const words = tokens.map((token) => typed(token, sense))
  // A short word beside a name would be taken for slips of the keys in it.
  const joined = tokens
    .slice(1)
    .map((token, index) => ({ ...typed(`${tokens[index] ?? ''}${token}`, sense), misspelt: [] }))
  const features: Features = new Map()
  for (const { token } of words) {
    addWord(features, token, sense.compounds, 1)
    addInitials(features, token)
  }
  for (const { token } of joined) if (sense.near.isKnown(token)) addWord(features, token, sense.compounds, 1)
  for (const { misspelt, abbreviated } of [...words, ...joined]) {
    addMeant(features, misspelt, correctedShare, sense)
    addMeant(features, abbreviated, abbreviatedShare, sense)
  }
  return { features, words, joined }
}

/** Of several words that may be meant each is meant less. */
function addMeant(query: Features, meant: readonly string[], share: number, { compounds }: WordSense): void {
  for (const word of meant) addWord(query, word, compounds, share / Math.sqrt(meant.length))
}

const lettersOf = (tokens: readonly string[]): string => tokens.join('')

/** The competences by what they are called themselves, whatever its case, accents and hyphens, each with the name it has so. */
function exactNames(concepts: readonly Concept[]): ReadonlyMap<string, ReadonlyMap<string, Label>> {
  const exact = new Map<string, Map<string, Label>>()
  for (const { id, kind, labels } of concepts) {
    if (kind !== 'competence') continue
    for (const label of labels) {
      const letters = lettersOf(tokensOf(label.text))
      const named = exact.get(letters) ?? new Map<string, Label>()
      if (!named.has(id)) exact.set(letters, named.set(id, label))
    }
  }
  return exact
}

/**
 * The words by which each competence is called, without their endings: those of its names and aliases that are of one family with
 * its name. "Mattelärare" calls a "Lärare i matematik", "textil" only tells more of a "Lärare i slöjd".
 */
function callingWords(
  concepts: readonly Concept[],
  { compounds }: WordSense,
): ReadonlyMap<string, ReadonlySet<string>> {
  const telling = (labels: readonly Label[]) =>
    labels.flatMap(({ text }) => tokensOf(text).filter((token) => !isStopWord(token)))
  const own = concepts.filter(({ kind }) => kind === 'competence')
  return new Map(
    own.map(({ id, labels }) => {
      const names = labels.filter(({ kind }) => kind === 'name')
      const families = new Set(telling(names).flatMap((token) => familyOf(token, compounds)))
      const words = telling(labels).filter((token) => familyOf(token, compounds).some((part) => families.has(part)))
      return [id, new Set(words.map(stem))]
    }),
  )
}

type Meant = Readonly<{ scores: Float64Array; highest: Float64Array; exact: ReadonlyMap<string, Label> }>

/**
 * What the named concepts lead to: every relation adds, that of the single most alike name is kept as the reason. What is named
 * exactly comes first and is meant as much as anything.
 */
function rankCompetences(concepts: readonly Concept[], { scores, highest, exact }: Meant) {
  const found = new Map<string, { sum: number; place: number; edge: Edge; reason: number }>()
  for (const [place, { edges }] of concepts.entries()) {
    const named = scores[place] ?? 0
    if (named === 0) continue
    for (const edge of edges) {
      const reason = (highest[place] ?? 0) * edge.weight
      const before = found.get(edge.slug)
      const sum = (before?.sum ?? 0) + (named * edge.weight) ** relationPower
      found.set(edge.slug, before && before.reason >= reason ? { ...before, sum } : { sum, place, edge, reason })
    }
  }
  const ranked = [...found]
    .map(([slug, { sum, place, edge }]) => ({ slug, score: sum ** (1 / relationPower), place, edge }))
    .sort((a, b) => b.score - a.score || (a.slug < b.slug ? -1 : 1))
  const best = ranked[0]?.score ?? 0
  const least = Math.max(leastScore, best * (exact.size > 0 ? leastBesideExact : leastOfBest))
  return [
    ...ranked
      .filter(({ slug }) => exact.has(slug))
      .sort((a, b) => (exact.get(b.slug)?.weight ?? 0) - (exact.get(a.slug)?.weight ?? 0))
      .map((one) => ({ ...one, score: best })),
    ...ranked.filter(({ slug, score }) => !exact.has(slug) && score >= least),
  ]
}

function senseOf(concepts: readonly Concept[]): WordSense {
  const words = new Set<string>()
  for (const { labels, told } of concepts)
    for (const { text } of [...labels, ...told]) for (const token of tokensOf(text)) words.add(token)
  const compounds = readCompounds(words)
  return { compounds, near: readNearWords(words, compounds) }
}

function indexNames(concepts: readonly Concept[], belongs: (concept: Concept) => boolean, { compounds }: WordSense) {
  const labels = concepts.flatMap((concept, place) =>
    belongs(concept) ? concept.labels.map((label) => ({ concept: place, label })) : [],
  )
  return {
    labels,
    index: indexTexts(
      labels.values().map(({ label }) => featuresOf(label.text, compounds)),
      'alike',
    ),
  }
}

/** All that each concept is called and that is told of it as one text, the features of its names whole, others for what they are told. */
function indexConcepts(concepts: readonly Concept[], belongs: (concept: Concept) => boolean, { compounds }: WordSense) {
  const chosen = [...concepts.entries()].filter(([, concept]) => belongs(concept))
  const texts = chosen.values().map(([, { labels, told }]) => {
    const all: Features = new Map()
    for (const { text, weight } of [...labels.map(({ text }) => ({ text, weight: 1 })), ...told])
      for (const feature of featuresOf(text, compounds).keys()) all.set(feature, (all.get(feature) ?? 0) + weight)
    return new Map(all.entries().map(([feature, said]) => [feature, said / (said + often)]))
  })
  return { places: chosen.map(([place]) => place), index: indexTexts(texts, 'covered') }
}
