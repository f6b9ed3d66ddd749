import type { WrittenExtent } from '@samkraft/contracts/marketplace'

/** What is written with more words comes first. */
const numbers: Readonly<Record<string, number>> = {
  'en och en halv': 1.5,
  'två och en halv': 2.5,
  en: 1,
  ett: 1,
  två: 2,
  tva: 2,
  tre: 3,
  fyra: 4,
  fem: 5,
  sex: 6,
  sju: 7,
  åtta: 8,
  atta: 8,
  nio: 9,
  tio: 10,
  halv: 0.5,
  '1/2': 0.5,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
}
/** No leading zero: the 020 of "1 020 timmar" is no number of its own. */
const digits = String.raw`(?:0|[1-9]\d{0,2})(?:[.,]\d{1,2})?`
/** Of "8–10" the most. */
const number = String.raw`(?:${digits}\s*(?:[-–]|till|eller|to|or)\s*)?(${digits}|${Object.keys(numbers).join('|')})`
/** "I v 12" is a week of its own, and no extent. */
const aWeek = String.raw`(?:(?:i|per|varje)\s+(?:veckan?|v(?!\.?\s*\d))|/\s*v(?:eckan?)?|(?:a|per|each|every)\s+week|/\s*w(?:ee)?k?)`
const post = String.raw`(?:tjänst(?:en|er)?)`
/** How much of a post: "0,5 tjänst". More than one is a number of posts. */
const share = String.raw`(0[.,]\d{1,2}|1[.,]0|1/2|halv)`

/** Each way to write an extent, and what its number means. A working day is a fifth of full time. */
const ways: readonly (readonly [RegExp, (amount: number) => WrittenExtent])[] = [
  [
    pattern(String.raw`${number}[\s-]*(?:%(?::s|-?ig\p{L}*|ar)?|proc(?:ent\p{L}*)?|percent)(?:[\s-]*${post})?`),
    (percent) => ({ percent }),
  ],
  [
    pattern(String.raw`${number}\s*(?:h|t|tim\.?|timmar|timme|hours?|hrs?)\s*${aWeek}`),
    (hoursPerWeek) => ({ hoursPerWeek }),
  ],
  [pattern(String.raw`${number}\s*(?:arbets)?(?:dagar|dag|dgr|days?)\s*${aWeek}`), (days) => ({ percent: days * 20 })],
  [pattern(String.raw`${share}\s*(?:${post}|årsarbetare|åa|fte)`), (posts) => ({ percent: posts * 100 })],
  [pattern(String.raw`()halvtid(?:s\p{L}*)?|half[- ]time`), () => ({ percent: 50 })],
  [pattern(String.raw`()heltid(?:s\p{L}*)?|full[- ]time`), () => ({ percent: 100 })],
]

/**
 * Reads "20 %", "8 h/v", "två dagar i veckan" or "halvtid" off a text; what is left of it is what else was said. Said in several ways
 * ("20 %, 8 h/v") the first of `ways` counts.
 */
export function readExtent(text: string): { extent: WrittenExtent | null; rest: string } {
  let extent: WrittenExtent | null = null
  let rest = text
  for (const [way, mean] of ways)
    rest = rest.replaceAll(way, (found: string, amount: string | undefined) => {
      const read = mean(amountOf(amount ?? ''))
      const size = 'percent' in read ? read.percent : read.hoursPerWeek * 2.5
      if (!(size > 0 && size <= 100)) return found
      extent ??= read
      return ' '
    })
  return { extent, rest }
}

function amountOf(written: string): number {
  return numbers[written.toLowerCase()] ?? Number(written.replace(',', '.'))
}

/** Whole words and numbers only: "100%ig" but neither "abc20%" nor the 25 of "7,25 h/v". */
function pattern(source: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}]|\p{N}[.,])(?:${source})(?![\p{L}\p{N}])`, 'giu')
}
