/** Parts of Swedish compounds: `specialpedagog` → `special`, `pedagog`. A word that is none is its own only part. */
export type Compounds = Readonly<{ partsOf(word: string): readonly string[] }>

const shortestPart = 3
const shortestHead = 4
/** A beginning that is no word by itself ("skol") counts as a part when it begins at least this many words. */
const commonEnough = 3

/**
 * Learns from the words of the vocabulary which beginnings and ends compounds are made of, so that a compound nobody has written
 * down ("dyslexiutredare") is taken apart as well.
 */
export function readCompounds(words: Iterable<string>): Compounds {
  const known = new Set<string>()
  for (const word of words) if (word.length >= shortestPart && /^\p{L}+$/u.test(word)) known.add(word)
  const [beginnings, ends] = [new Map<string, number>(), new Map<string, number>()]
  for (const word of known)
    for (const [left, right] of cuts(word)) {
      if (known.has(right)) count(beginnings, left)
      if (known.has(left) || known.has(left.replace(/s$/, ''))) count(ends, right)
    }
  const begins = (left: string) =>
    (known.has(left) || known.has(left.replace(/s$/, '')) ? 2 : 0) + (beginnings.get(left) ?? 0)
  const endsWell = (right: string) => (known.has(right) ? 2 : 0) + (ends.get(right) ?? 0)
  const remembered = new Map<string, readonly string[]>()

  function partsOf(word: string): readonly string[] {
    const before = remembered.get(word)
    if (before) return before
    let best: readonly [string, string] | undefined
    let bestScore = 0
    for (const [left, right] of cuts(word)) {
      const [l, r] = [begins(left), endsWell(right)]
      if (l < commonEnough - 1 || r < commonEnough - 1 || (l < 2 && r < 2)) continue
      const score =
        Math.log(1 + l) + Math.log(1 + r) + (known.has(right) ? 1 : 0) + (known.has(left.replace(/s$/, '')) ? 0.5 : 0)
      if (score > bestScore) [best, bestScore] = [[left, right], score]
    }
    const parts = best ? [...partsOf(best[0]), ...partsOf(best[1])] : [word]
    if (remembered.size < 50_000) remembered.set(word, parts)
    return parts
  }
  return { partsOf }
}

function cuts(word: string): (readonly [string, string])[] {
  const found: (readonly [string, string])[] = []
  for (let at = shortestPart; at <= word.length - shortestHead; at += 1) found.push([word.slice(0, at), word.slice(at)])
  return found
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
