/** Words typed to search by: lower case, without accents, at most eight of them. */
export function wordsOf(text: string): string[] {
  const words = plain(text).match(/[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(words)].slice(0, 8)
}

/** Lower case without accents, as words are kept to be compared: "Skolläkare" → "skollakare". */
export function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/** How a competence was hit by one of the words: the word of its own that was nearest. */
export type WordHit = Readonly<{
  index: number
  slug: string
  word: string
  kind: string
  /** How much the word counts as a name of the competence, and how much of that what was typed deserves. */
  weight: number
  score: number
}>

/** Below this a word says little: a skill that every occupation of a group has, such as Excel. */
const sayingEnough = 0.45

/** The hits of one word that are worth searching by: those that say enough, and nearly as much as its best. */
export function bestHits(hits: readonly WordHit[]): WordHit[] {
  const telling = hits.filter(({ weight }) => weight >= sayingEnough)
  const best = Math.max(0, ...telling.map(({ score }) => score))
  return telling.filter(({ score }) => score >= best * 0.7)
}

/** Whether the word really is in it, and not only one that looks like it. */
export function isCertain({ weight, score }: WordHit): boolean {
  return score >= weight * 0.7
}

/**
 * Competences in order of how well they fit all the words; those that miss a word come only when none has them all.
 */
export function rankHits(hits: readonly WordHit[], words: number): WordHit[] {
  const bySlug = Map.groupBy(hits, ({ slug }) => slug)
  const ranked = [...bySlug.values()].map((own) => {
    const score = own.reduce((sum, hit) => sum + hit.score, 0) / words
    const nearest = own.reduce((best, hit) => (hit.score > best.score ? hit : best))
    return { ...nearest, score, all: own.length === words }
  })
  const complete = ranked.filter(({ all }) => all)
  return (complete.length > 0 ? complete : ranked)
    .sort((a, b) => b.score - a.score || (a.slug < b.slug ? -1 : 1))
    .map(({ all: _all, ...hit }) => hit)
}
