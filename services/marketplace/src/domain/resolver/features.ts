import { type Compounds, withoutLink } from './compounds.ts'
import { initialsOf, isStopWord, root, stem, tokensOf } from './swedish.ts'

/**
 * What a text is compared by, each with how much it says: words (W), their parts (P), the families of those (R), initials (I) and
 * pieces of their letters, which are small.
 */
export type Features = Map<string, number>

/**
 * How much each kind of likeness counts before rarity does. Tuned by cross-validation over the aliases (`npm run bench -- words`):
 * the pieces of letters carry typos and unknown endings, the parts carry compounds, the roots carry word families.
 */
const weights = {
  word: 0.7,
  head: 0.75,
  modifier: 1.05,
  headRoot: 0.6,
  modifierRoot: 0.5,
  letters: 0.5,
  initials: 0.8,
} as const

const pieceLength = 3

/** The features of a name or another text of the vocabulary. */
export function featuresOf(text: string, compounds: Compounds): Features {
  const features: Features = new Map()
  for (const token of tellingTokens(text)) addWord(features, token, compounds, 1)
  // Several ways to shorten one name are one thing said of it.
  const short = initialsOf(text, compounds.partsOf)
  for (const initials of short) add(features, `I${initials}`, weights.initials / Math.sqrt(short.length))
  return features
}

/** The words of a text that say something; all of them when none does ("Med och till" is then what there is). */
export function tellingTokens(text: string): string[] {
  const tokens = tokensOf(text)
  const telling = tokens.filter((token) => !isStopWord(token))
  return telling.length > 0 ? telling : tokens
}

/** Adds one word as it was written, or as it may have been meant, then for `share` of its weight. */
export function addWord(features: Features, token: string, compounds: Compounds, share: number): void {
  const parts = compounds.partsOf(token)
  add(features, `W${stem(token)}`, weights.word * share)
  for (const [index, part] of parts.entries()) {
    const isHead = index === parts.length - 1
    const bare = isHead ? part : withoutLink(part)
    add(features, `P${stem(bare)}`, (isHead ? weights.head : weights.modifier) * share)
    add(features, `R${root(bare)}`, (isHead ? weights.headRoot : weights.modifierRoot) * share)
  }
  const bounded = `_${token}_`
  for (let at = 0; at + pieceLength <= bounded.length; at += 1)
    add(features, bounded.slice(at, at + pieceLength), weights.letters * share)
}

/** Adds what is typed as an abbreviation of many words: "syv". */
export function addInitials(features: Features, token: string): void {
  if (token.length <= 5) add(features, `I${token}`, weights.initials)
}

/** The same with the pieces of letters counting only for `share` of their weight. */
export function withLetters(features: Features, share: number): Features {
  return new Map(
    features.entries().map(([feature, weight]) => [feature, /^[A-Z]/.test(feature) ? weight : weight * share]),
  )
}

function add(features: Features, feature: string, weight: number): void {
  if ((features.get(feature) ?? 0) < weight) features.set(feature, weight)
}
