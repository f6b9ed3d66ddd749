import { isStopWord } from './swedish.ts'

/** Parts of Swedish compounds: `specialpedagog` → `special`, `pedagog`. A word that is none is its own only part. */
export type Compounds = Readonly<{
  partsOf(word: string): readonly string[]
  /** Whether compounds of the vocabulary begin with it, or it is a word itself; a part with a slip of the keys does not. */
  isBeginning(part: string): boolean
}>

const shortestPart = 3
const shortestHead = 4
/** Shorter beginnings of what stands as one part already are mostly particles: "upp|handling". */
const shortestAgain = 4
/** A beginning that is no word by itself ("skol") is taken for one when it begins at least this many words. */
const commonEnough = 5
/**
 * What a part costs that is found nowhere else: with its length, so that it is dear beside parts that many compounds are made of
 * ("dosimetri|ingenjör") and what is left over is kept short.
 */
const [unknown, unknownLetter] = [2, 3]

type Counts = Map<string, number>

/**
 * Learns from the words of the vocabulary which beginnings and ends compounds are made of, so that a compound nobody has written
 * down ("dyslexiutredare") is taken apart as well: the cheapest way to write a word in parts, the cheaper each the more compounds
 * it is in. First every cut with a known word on one side counts, then those of the parts that were cheapest so.
 */
export function readCompounds(words: Iterable<string>): Compounds {
  const known = new Set<string>()
  for (const word of words)
    if (word.length >= shortestPart && /^\p{L}+$/u.test(word) && !isStopWord(word)) known.add(word)
  const isKnown = (part: string) => known.has(part) || known.has(withoutLink(part))

  /** Where a word may be taken apart; an s between two words is the first one's unless the second is known with it. */
  function cuts(word: string): (readonly [string, string])[] {
    const found: (readonly [string, string])[] = []
    for (let at = shortestPart; at <= word.length - shortestHead; at += 1) {
      const right = word.slice(at)
      if (!right.startsWith('s') || known.has(right)) found.push([word.slice(0, at), right])
    }
    return found
  }

  let [beginnings, ends, all]: [Counts, Counts, number] = [new Map(), new Map(), 0]

  function cost(times: number | undefined, length: number): number {
    const asUnknown = unknown + unknownLetter * length
    return times === undefined || times < 2 ? asUnknown : Math.min(asUnknown, Math.log(all / times))
  }

  /** The parts that cost least together; what many compounds end in ("projektledare") is one. */
  function cheapest(word: string): string[] {
    const last = word.length - shortestHead
    const costs = new Float64Array(word.length + 1).fill(Infinity)
    const starts = new Int32Array(word.length + 1)
    costs[0] = 0
    let [head, least] = [0, Infinity]
    for (let start = 0; start <= last || start === 0; start += 1) {
      const before = costs[start] ?? Infinity
      if (before >= least) continue
      const end = word.slice(start)
      const whole = before + cost(ends.get(end), end.length)
      if (whole < least) [head, least] = [start, whole]
      for (let end = start + shortestPart; end <= last; end += 1) {
        const part = word.slice(start, end)
        const sum = before + cost(beginnings.get(withoutLink(part)), part.length)
        if (sum < (costs[end] ?? Infinity)) [costs[end], starts[end]] = [sum, start]
      }
    }
    const parts = [word.slice(head)]
    for (let end = head; end > 0; end = starts[end] ?? 0) parts.unshift(word.slice(starts[end], end))
    return parts
  }

  function isBeginning(part: string): boolean {
    return isKnown(part) || (beginnings.get(withoutLink(part)) ?? 0) >= commonEnough
  }

  /** A part that is made of words itself, as "projektledare" is. */
  function again(part: string): string[] {
    let [best, least]: [readonly [string, string] | undefined, number] = [undefined, cost(undefined, part.length)]
    for (const [left, right] of cuts(part)) {
      const times = beginnings.get(withoutLink(left))
      if (left.length < shortestAgain || !isKnown(right) || !isBeginning(left)) continue
      const sum = cost(times, left.length) + cost(ends.get(right) ?? ends.get(withoutLink(right)), right.length)
      if (sum < least) [best, least] = [[left, right], sum]
    }
    return best ? best.flatMap(again) : [part]
  }

  for (const word of known) {
    count(ends, word)
    for (const [left, right] of cuts(word)) {
      if (known.has(right)) count(beginnings, withoutLink(left))
      if (isKnown(left)) count(ends, right)
    }
  }
  all = sumOf(beginnings) + sumOf(ends)
  const cut = [...known].map(cheapest)
  ;[beginnings, ends] = [new Map(), new Map()]
  for (const parts of cut)
    for (const [index, part] of parts.entries())
      if (index === parts.length - 1) count(ends, part)
      else count(beginnings, withoutLink(part))
  all = sumOf(beginnings) + sumOf(ends)

  const remembered = new Map<string, readonly string[]>()
  function partsOf(word: string): readonly string[] {
    const before = remembered.get(word)
    if (before) return before
    const parts = cheapest(word).flatMap(again)
    if (remembered.size < 50_000) remembered.set(word, parts)
    return parts
  }
  return { partsOf, isBeginning }
}

/** `utvecklings` in `utvecklingsledare` is `utveckling`; `process` stays. */
export function withoutLink(part: string): string {
  return part.length > shortestPart && /[^s]s$/.test(part) ? part.slice(0, -1) : part
}

function sumOf(counts: Counts): number {
  let sum = 0
  for (const times of counts.values()) sum += times
  return sum
}

function count(counts: Counts, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
