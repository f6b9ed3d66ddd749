import type { WrittenExtent } from '@samkraft/contracts/marketplace'

const numbers: Readonly<Record<string, number>> = {
  en: 1,
  ett: 1,
  två: 2,
  tva: 2,
  tre: 3,
  fyra: 4,
  fem: 5,
  halv: 0.5,
}
const number = String.raw`(\d{1,3}(?:[.,]\d)?|${Object.keys(numbers).join('|')})`
const aWeek = String.raw`(?:i\s+veckan|per\s+vecka|/\s*v(?:ecka)?\b|a\s+week)`

/** Each way to write an extent, and what its number means. A working day is a fifth of full time. */
const ways: readonly (readonly [RegExp, (amount: number) => WrittenExtent])[] = [
  [pattern(String.raw`${number}[\s-]*(?:%|procents?|percent)(?:ig|ar)?`), (percent) => ({ percent })],
  [pattern(String.raw`${number}\s*(?:h|tim|timmar|timme|hours?)\s*${aWeek}`), (hoursPerWeek) => ({ hoursPerWeek })],
  [pattern(String.raw`${number}\s*(?:arbets)?(?:dagar|dag|days?)\s*${aWeek}`), (days) => ({ percent: days * 20 })],
  [pattern(String.raw`()halvtid(?:s\w*)?|half[- ]time`), () => ({ percent: 50 })],
  [pattern(String.raw`()heltid(?:s\w*)?|full[- ]time`), () => ({ percent: 100 })],
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

/** Whole words only: "100%ig" but not "abc20%". */
function pattern(source: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${source})(?![\p{L}\p{N}])`, 'iu')
}
