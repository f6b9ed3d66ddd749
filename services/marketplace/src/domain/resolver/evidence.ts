import type { HitWay } from '@samkraft/contracts/marketplace'
import { type Compounds, withoutLink } from './compounds.ts'
import type { NearWords } from './near-words.ts'
import { initialsOf, root, stem, tokensOf } from './swedish.ts'

/** What knowing the words takes. */
export type WordSense = Readonly<{ compounds: Compounds; near: NearWords }>

/** Ways a typed word hits a word of the vocabulary, the surest first. */
const surest = ['same', 'inflection', 'abbreviation', 'misspelt', 'part'] as const satisfies readonly HitWay[]

/** A typed word with what it may stand for, found once for a whole query. */
export type Typed = Readonly<{ token: string; misspelt: readonly string[]; abbreviated: readonly string[] }>

export function typed(token: string, { near }: WordSense): Typed {
  if (near.isKnown(token)) return { token, misspelt: [], abbreviated: [] }
  return { token, misspelt: near.misspelt(token), abbreviated: near.abbreviated(token) }
}

/** How each typed word hits the text, alone or `joined` with the next; null for one that does not. */
export function waysOf(
  words: readonly Typed[],
  joined: readonly Typed[],
  text: string,
  { compounds }: WordSense,
): (HitWay | null)[] {
  const targets = tokensOf(text)
  const families = targets.flatMap((target) => familyOf(target, compounds))
  const initials = initialsOf(text, compounds.partsOf)
  return words.map((word, index) => {
    const together = [joined[index - 1], joined[index]].filter((pair) => pair !== undefined)
    const ways = [word, ...together].flatMap((one) => targets.map((target) => wholeWayOf(one, target)))
    if (initials.includes(word.token)) ways.push('abbreviation')
    if (familyOf(word.token, compounds).some((part) => families.includes(part))) ways.push('part')
    return surest.find((way) => ways.includes(way)) ?? null
  })
}

/** The least sure of the ways the words hit, which is what needs saying. */
export function leastSure(ways: readonly (HitWay | null)[]): HitWay {
  const found = ways.filter((way) => way !== null)
  return surest.findLast((way) => found.includes(way)) ?? 'alike'
}

function wholeWayOf({ token, misspelt, abbreviated }: Typed, target: string): HitWay | null {
  if (token === target) return 'same'
  if (stem(token) === stem(target) || root(token) === root(target)) return 'inflection'
  if (abbreviated.includes(target)) return 'abbreviation'
  return misspelt.includes(target) ? 'misspelt' : null
}

/** What the parts of a word share with the words of their families. */
export function familyOf(word: string, { partsOf }: Compounds): string[] {
  const parts = partsOf(word)
  return parts.map((part, index) => root(index === parts.length - 1 ? part : withoutLink(part)))
}
