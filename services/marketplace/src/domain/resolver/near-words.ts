import type { Compounds } from './compounds.ts'

/** Words of the vocabulary that a word nobody knows may be meant as. */
export type NearWords = Readonly<{
  isKnown(token: string): boolean
  /** Words one or two slips of the keys away. */
  misspelt(token: string): readonly string[]
  /** Words it is short for: "skolpsyk", "spec ped", "infosäk"; the beginning of a word is one too. */
  abbreviated(token: string): readonly string[]
}>

/** Shorter words have too many others one slip away, and are short for too many. */
const shortestMisspelt = 4
const shortestAbbreviated = 3
const most = 8

export function readNearWords(words: ReadonlySet<string>, compounds: Compounds): NearWords {
  const list = [...words].filter((word) => word.length >= shortestMisspelt)
  const byPair = new Map<string, number[]>()
  for (const [place, word] of list.entries())
    for (const pair of pairsOf(word)) {
      const places = byPair.get(pair)
      if (places) places.push(place)
      else byPair.set(pair, [place])
    }
  const byFirst = Map.groupBy(words, (word) => word.slice(0, 2))

  function misspelt(token: string): readonly string[] {
    if (token.length < shortestMisspelt) return []
    const allowed = token.length < 8 || compounds.partsOf(token).length > 1 ? 1 : 2
    const pairs = pairsOf(token)
    const shared = new Uint8Array(list.length)
    for (const pair of pairs) for (const place of byPair.get(pair) ?? []) shared[place] = (shared[place] ?? 0) + 1
    // One slip touches at most three pairs of letters.
    const least = Math.max(1, pairs.size - 3 * allowed)
    return list
      .filter((word, place) => (shared[place] ?? 0) >= least && Math.abs(word.length - token.length) <= allowed)
      .map((word) => ({ word, slips: slipsBetween(token, word) }))
      .filter(({ slips }) => slips <= allowed)
      .sort((a, b) => a.slips - b.slips || (a.word < b.word ? -1 : 1))
      .filter(({ slips }, _index, [nearest]) => slips === nearest?.slips)
      .slice(0, most)
      .map(({ word }) => word)
  }

  function abbreviated(token: string): readonly string[] {
    if (token.length < shortestAbbreviated) return []
    return (byFirst.get(token.slice(0, 2)) ?? [])
      .filter((word) => word.length > token.length && isShortFor(token, compounds.partsOf(word)))
      .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
      .slice(0, most)
  }

  // What compounds are made of is guessed; a slip of the keys ("specialpdagog", "utvecklngsledare") leaves a part that is no word.
  function isKnown(token: string): boolean {
    const [end = '', ...beginnings] = compounds.partsOf(token).toReversed()
    return words.has(token) || (beginnings.length > 0 && words.has(end) && beginnings.every(compounds.isBeginning))
  }
  return { isKnown, misspelt, abbreviated }
}

/** Whether the letters are the beginnings of the parts, at least two of each, in their order; the last parts may be left out. */
export function isShortFor(letters: string, parts: readonly string[]): boolean {
  if (letters === '') return true
  const [part, ...others] = parts
  if (part === undefined) return false
  for (let length = Math.min(part.length, letters.length); length >= 2; length -= 1)
    if (part.startsWith(letters.slice(0, length)) && isShortFor(letters.slice(length), others)) return true
  return false
}

/** Letters left out, put in, exchanged or changed places with their neighbour, counted. */
export function slipsBetween(a: string, b: string): number {
  let [before, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let slips = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost)
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) slips = Math.min(slips, (before[j - 2] ?? i + j) + 1)
      next.push(slips)
    }
    ;[before, row] = [row, next]
  }
  return row[b.length] ?? 0
}

function pairsOf(word: string): Set<string> {
  const bounded = `_${word}_`
  const pairs = new Set<string>()
  for (let at = 0; at + 2 <= bounded.length; at += 1) pairs.add(bounded.slice(at, at + 2))
  return pairs
}
