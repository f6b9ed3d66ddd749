import { addDays, type Period } from '@samkraft/kernel'

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
const month = (name: string) => String.raw`(?<${name}>${months.join('|')})\.?`
const dayNumber = (name: string) => String.raw`(?<${name}>0?[1-9]|[12]\d|3[01])`
/** The day of a month, where one is written. */
const day = (name: string) => String.raw`(?:(?:den\s+)?${dayNumber(name)}(?::?[ae]|st|nd|rd|th)?(?:\s+of)?\s+)?`

/** Nothing is offered or asked for earlier. */
export const years = String.raw`20(?:2[5-9]|[3-9]\d)`
const year = String.raw`(?<year>${years})`
/** In two digits only those of the years to come: "ht 60 elever" counts pupils. */
const shortYear = String.raw`(?<year>${years}|2[5-9]|3\d)`
const spring = String.raw`(?:vt|vår(?:en|termin(?:en)?)?|spring(?:\s+(?:term|semester))?)`
const autumn = String.raw`(?:ht|höst(?:en|termin(?:en)?)?|autumn(?:\s+(?:term|semester))?|fall)`
const schoolYear = String.raw`(?:läsår(?:et)?|school\s+year)`
const from = String.raw`(?:fr(?:ån|\.?\s*o\.?\s*m\.?)(?:\s+(?:och\s+med|o\.?\s?m\.?))?|efter|from|after|starting(?:\s+in)?)\s+(?:the\s+)?`
const until = String.raw`(?:t\.?\s*o\.?\s*m\.?|till\s+och\s+med|fram\s+till|senast|före|until|through|before|by)\s+(?:the\s+)?`
const during = String.raw`(?:(?:inför|under|mellan|till|för|i|between|during|for|in|to)\s+(?:the\s+)?)?`
const when = `(?:(?<from>${from})|(?<until>${until})|${during})`

type Parts = Readonly<Record<string, string | undefined>>

/** Each way to write when, and the days it names: null for none though there is nothing to look for in it, undefined where it is something else. */
const ways: readonly (readonly [RegExp, (parts: Parts) => Period | null | undefined])[] = [
  [pattern(String.raw`${when}${schoolYear}\s*${shortYear}\s*[/–-]\s*(?:20)?(?<next>\d\d)`), schoolYearOf],
  [pattern(String.raw`${when}${year}/(?:20)?(?<next>\d\d)`), schoolYearOf],
  [
    pattern(String.raw`${when}${spring}\s*(?:[/&–-]|och|and)\s*${autumn}[\s-]*'?${shortYear}`),
    ({ year }) => monthsOf(year, 1, 12),
  ],
  [
    pattern(String.raw`${when}(?:(?<spring>${spring})|${autumn})[\s-]*'?${shortYear}`),
    ({ year, spring }) => monthsOf(year, spring ? 1 : 7, 6),
  ],
  [
    pattern(
      String.raw`(?:${from}|${during})${day('first')}${month('begin')}\s*(?:[–-]|till|to|och|and)\s*${day('last')}${month('end')}\s+${year}`,
    ),
    stretchOf,
  ],
  [
    pattern(String.raw`${when}${year}-(?<month>0[1-9]|1[0-2])-${dayNumber('first')}`),
    ({ year, month, first }) => daysOf(year, Number(month), first),
  ],
  [
    pattern(String.raw`${when}${day('first')}${month('begin')}\s+${year}`),
    ({ year, begin, first }) => daysOf(year, numberOf(begin), first),
  ],
  [
    pattern(String.raw`${when}${month('begin')}\s+${dayNumber('first')}(?:st|nd|rd|th)?,?\s+${year}`),
    ({ year, begin, first }) => daysOf(year, numberOf(begin), first),
  ],
  // What has no days, such as material, may be of a year. A part of "SALA-2026-E001" is none.
  [pattern(String.raw`(?<![-–/])${when}${year}(?![-–/])`), ({ year, from }) => (from ? monthsOf(year, 1, 12) : null)],
  [pattern(String.raw`${when}(?:vt|ht)|${from}(?:${spring}|${autumn}|${month('begin')})`), () => null],
]

/**
 * Reads "vt 2027", "hösten 27", "från 16 augusti 2027" or "läsåret 2026/27" off a text; what is left of it is what else was said. Said
 * in several ways, as in "ht 2027–vt 2028", it is for all days from the first to the last. A term of no year, or a year alone, is no
 * days, but nothing to look for either.
 */
export function readTerm(text: string): { period: Period | null; rest: string } {
  const said: Said[] = []
  let rest = text
  for (const [way, mean] of ways)
    rest = rest.replaceAll(way, (found: string, ...others: unknown[]) => {
      // Its named groups come last.
      const parts = others.at(-1) as Parts
      const days = mean(parts)
      if (days === undefined) return found
      if (days) said.push(saidOf(days, parts))
      return ' '
    })
  return { period: enclosing(said), rest }
}

/** The days a text says, or one end of them: "from August 2027" has no last day, "until June 2027" no first. */
type Said = Readonly<{ from: string | null; to: string | null }>

function saidOf(days: Period, { from, until }: Parts): Said {
  return { from: until === undefined ? days.from : null, to: from === undefined ? days.to : null }
}

/** All days from the first to the last; null where no first is said. */
function enclosing(said: readonly Said[]): Period | null {
  const [first] = said.flatMap(({ from }) => from ?? []).sort()
  const lastEnd = said
    .flatMap(({ to }) => to ?? [])
    .sort()
    .at(-1)
  const lastOpen = said
    .flatMap(({ from, to }) => (to === null && from !== null ? from : []))
    .sort()
    .at(-1)
  if (first === undefined) return null
  return { from: first, to: lastEnd && lastEnd > (lastOpen ?? first) ? lastEnd : endOfTime }
}

function schoolYearOf({ year, next }: Parts): Period | undefined {
  return Number(next) === (Number(year) + 1) % 100 ? monthsOf(year, 7, 12) : undefined
}

/** From one month to another, of the year before where they turn it. */
function stretchOf({ year, begin, end, first, last }: Parts): Period {
  const turned = numberOf(begin) > numberOf(end) ? 1 : 0
  const from = daysOf(String(fullYear(year) - turned), numberOf(begin), first)
  return { from: from.from, to: daysOf(year, numberOf(end), last).to }
}

/** A day of a month, or all of it; after its last day comes the next month. */
function daysOf(year: string | undefined, month: number, day: string | undefined): Period {
  const whole = monthsOf(year, month, 1)
  if (day === undefined) return whole
  const from = addDays(whole.from, Number(day) - 1)
  return { from, to: addDays(from, 1) }
}

/** So many whole months. */
function monthsOf(year: string | undefined, first: number, count: number): Period {
  return { from: firstDay(fullYear(year), first), to: firstDay(fullYear(year), first + count) }
}

function firstDay(year: number, month: number): string {
  const [years, rest] = [Math.floor((month - 1) / 12), (month - 1) % 12]
  return `${year + years}-${String(rest + 1).padStart(2, '0')}-01`
}

function fullYear(year: string | undefined): number {
  return (Number(year) % 100) + 2000
}

function numberOf(named: string | undefined): number {
  return months.findIndex((names) => new RegExp(`^(?:${names})$`, 'iu').test(named ?? '')) + 1
}

/** Whole words and numbers only. */
function pattern(source: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}]|\p{N}[.,])(?:${source})(?![\p{L}\p{N}])`, 'giu')
}
