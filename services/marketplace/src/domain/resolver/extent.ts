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
const aWeek = String.raw`(?:i\s+veckan|(?:per|varje)\s+vecka|/\s*v(?:ecka)?|(?:a|per|each|every)\s+week|/\s*w(?:ee)?k?)`

/** Each way to write an extent, and what its number means. A working day is a fifth of full time. */
const ways: readonly (readonly [RegExp, (amount: number) => WrittenExtent])[] = [
  [pattern(String.raw`${number}[\s-]*(?:%|procents?|percent)(?:ig|ar)?`), (percent) => ({ percent })],
  [pattern(String.raw`${number}\s*(?:h|tim|timmar|timme|hours?)\s*${aWeek}`), (hoursPerWeek) => ({ hoursPerWeek })],
  [pattern(String.raw`${number}\s*(?:arbets)?(?:dagar|dag|days?)\s*${aWeek}`), (days) => ({ percent: days * 20 })],
  [pattern(String.raw`()halvtid(?:s\p{L}*)?|half[- ]time`), () => ({ percent: 50 })],
  [pattern(String.raw`()heltid(?:s\p{L}*)?|full[- ]time`), () => ({ percent: 100 })],
]

/** Reads "20 %", "8 h/v", "två dagar i veckan" or "halvtid" off a text; what is left of it is what else was said. */
export function readExtent(text: string): { extent: WrittenExtent | null; rest: string } {
  for (const [way, mean] of ways) {
    const found = way.exec(text)
    if (!found) continue
    const written = (found[1] ?? '').toLowerCase()
    const amount = numbers[written] ?? Number(written.replace(',', '.'))
    const extent = mean(amount)
    const size = 'percent' in extent ? extent.percent : extent.hoursPerWeek * 2.5
    if (size > 0 && size <= 100) return { extent, rest: text.replace(found[0], ' ') }
  }
  return { extent: null, rest: text }
}

/** Whole words and numbers only: "100%ig" but neither "abc20%" nor the 25 of "7,25 h/v". */
function pattern(source: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}]|\p{N}[.,])(?:${source})(?![\p{L}\p{N}])`, 'iu')
}
