import type { WrittenExtent } from '@samkraft/contracts/marketplace'
import type { Period } from '@samkraft/kernel'
import { readExtent } from './extent.ts'
import { readTerm, years } from './term.ts'

const things = [
  'elev(?:er)?',
  'barn',
  'ungdomar',
  'student(?:er)?',
  'studerande',
  'deltagare',
  'personer',
  'klass(?:er)?',
  'grupp(?:er)?',
  'avdelning(?:ar)?',
  '(?:för)?skol(?:a|or)',
  'timm(?:e|ar)',
  'dag(?:ar)?',
  'veck(?:a|or)',
  'månad(?:er)?',
  'termin(?:er)?',
  'lektion(?:er)?',
  'tillfällen?',
  'pupils?',
  'child(?:ren)?',
  'students?',
  'participants?',
  'people',
  'class(?:es)?',
  'groups?',
  '(?:pre)?schools?',
  'hours?',
  'days?',
  'weeks?',
  'months?',
  'terms?',
  'lessons?',
  'sessions?',
]
/** "Åk 7 elever" are those of one year, however many. */
const notWhichYear = String.raw`(?<!(?<!\p{L})(?:åk|årskurs|klass|year|grade)\.?\s+(?=\d(?!\d)))`
/** How many of something there are. "VT27", "26/27" and "2027" are years whatever follows, and "åk 7-9" no number. */
const count = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,:/'’–-])${notWhichYear}(?!${years})\d{1,3}(?:\s?\d{3})?(?=\s+(?:${things.join('|')})(?![\p{L}\p{N}]))`,
  'giu',
)

/** How long: "sex månader" asks for nobody who teaches of sex. */
const howLong =
  /(?<![\p{L}\p{N}])(?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|tolv)\s+(?=(?:veckor|månader|terminer|år)(?![\p{L}\p{N}]))/giu

/** What a text says beside the words to look for: how much is asked for, and when; null where it does not. */
export type Besides = Readonly<{ extent: WrittenExtent | null; period: Period | null; rest: string }>

/**
 * Reads extent and term off a text; `rest` is what else it says. How many there are of something is neither: "våren 30 elever" is
 * for no year, and to look for the 30 as a word would find nothing.
 */
export function readBesides(text: string): Besides {
  const { extent, rest } = readExtent(text)
  return { extent, ...readTerm(rest.replaceAll(count, ' ').replaceAll(howLong, ' ')) }
}
