import type { Period } from '@samkraft/kernel'

/** After all that can be offered or asked for: what is written from a day on has no end. */
const endOfTime = '2100-01-01'

const months = [
  'jan(?:uari|uary)?',
  'feb(?:ruari|ruary)?',
  'mars|march',
  'apr(?:il)?',
  'maj|may',
  'juni?|june',
  'juli?|july',
  'aug(?:usti|ust)?',
  'sep(?:t|tember)?',
  'o[ck]t(?:ober)?',
  'nov(?:ember)?',
  'dec(?:ember)?',
]
const month = String.raw`(${months.join('|')})\.?`

/** Nothing is offered or asked for earlier. */
const year = String.raw`(20(?:2[5-9]|[3-9]\d))`
const shortYear = String.raw`(20(?:2[5-9]|[3-9]\d)|(?:2[5-9]|[3-9]\d))`
const spring = String.raw`(?:vt|vår(?:en|termin(?:en)?)?|spring(?:\s+(?:term|semester))?)`
const autumn = String.raw`(?:ht|höst(?:en|termin(?:en)?)?|autumn(?:\s+(?:term|semester))?|fall)`
const schoolYear = String.raw`(?:läsår(?:et)?|school\s+year)`
const before = String.raw`(?:(?:inför|under|till|för|i|during|for|in)\s+(?:the\s+)?)?`
const from = String.raw`(?:fr(?:ån|\.?\s*o\.?\s*m\.?)(?:\s+(?:och\s+med|o\.?\s?m\.?))?|from|starting(?:\s+in)?)\s+(?:the\s+)?`

/** Each way to write when, and the days it means; null where it means none. */
const ways: readonly (readonly [RegExp, (...parts: string[]) => Period | null])[] = [
  [pattern(`${before}(?:${schoolYear}\\s*${year}\\s*[/–-]|${year}/)\\s*(?:20)?\\d\\d`), (first) => days(first, 7, 12)],
  [pattern(`${from}${spring}[\\s-]*'?${shortYear}`), (of) => since(of, 1)],
  [pattern(`${from}${autumn}[\\s-]*'?${shortYear}`), (of) => since(of, 7)],
  [pattern(`${from}${month}\\s+${year}`), (named, of) => since(of, numberOf(named))],
  [pattern(`${before}${spring}[\\s-]*'?${shortYear}`), (of) => days(of, 1, 6)],
  [pattern(`${before}${autumn}[\\s-]*'?${shortYear}`), (of) => days(of, 7, 6)],
  [
    pattern(`${before}${month}\\s*(?:[–-]|till|to)\\s*${month}\\s+${year}`),
    (first, last, of) => days(of, numberOf(first), numberOf(last) - numberOf(first) + 1),
  ],
  [pattern(`${before}${month}\\s+${year}`), (named, of) => days(of, numberOf(named), 1)],
  [pattern(`${from}${year}`), (of) => since(of, 1)],
  // What has no days, such as material, may be of a year. A part of "SALA-2026-E001" is none.
  [pattern(`(?<![-–/])${before}${year}(?![-–/])`), () => null],
  [pattern(`(?:${from}|${before})(?:vt|ht)|${from}(?:${spring}|${autumn}|${month})`), () => null],
]

/**
 * Reads "vt 2027", "hösten 27", "från augusti 2027" or "läsåret 2026/27" off a text; what is left of it is what else was said.
 * Said in several ways the first of `ways` counts. A term of no year, or a year alone, is no days, but nothing to look for either.
 */
export function readTerm(text: string): { period: Period | null; rest: string } {
  let period: Period | null = null
  let rest = text
  for (const [way, mean] of ways)
    rest = rest.replaceAll(way, (_found: string, ...parts: unknown[]) => {
      period ??= mean(...parts.filter((part) => typeof part === 'string').slice(0, -1))
      return ' '
    })
  return { period, rest }
}

function since(of: string, first: number): Period {
  return { from: firstDay(of, first), to: endOfTime }
}

/** So many whole months; none where there are none. */
function days(of: string, first: number, count: number): Period | null {
  return count > 0 ? { from: firstDay(of, first), to: firstDay(of, first + count) } : null
}

function firstDay(of: string, number: number): string {
  const century = of.length === 2 ? `20${of}` : of
  const [years, rest] = [Math.floor((number - 1) / 12), (number - 1) % 12]
  return `${Number(century) + years}-${String(rest + 1).padStart(2, '0')}-01`
}

function numberOf(named: string): number {
  return months.findIndex((names) => new RegExp(`^(?:${names})$`, 'iu').test(named)) + 1
}

/** Whole words and numbers only. */
function pattern(source: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}]|\p{N}[.,])(?:${source})(?![\p{L}\p{N}])`, 'giu')
}
