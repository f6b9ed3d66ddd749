import type { CompetenceName, CompetenceSuggestions } from '@samkraft/contracts/marketplace'
import type { FormState } from '#lib/form.ts'
import { format, m } from '#lib/i18n.ts'
import { withQuery } from '#lib/paths.ts'
import { counties } from './counties.ts'
import { hitSaid, lastDayOf } from './hit-words.ts'
import { causeWords, competenceName, groupWords, kindWords, placeWords, wordFor } from './words.ts'

/** The filters of the lists, named as they stand in the address; one value each. */
export const filterNames = [
  'q',
  'kompetens',
  'grupp',
  'typ',
  'orsak',
  'var',
  'plats',
  'omrade',
  'fran',
  'till',
  'tim',
] as const
export type FilterName = (typeof filterNames)[number]

const period: readonly FilterName[] = ['fran', 'till']

/** What an address asks for, as it was typed, and what of it could not be used. */
export type Asked = Readonly<{
  values: Readonly<Partial<Record<FilterName, string>>>
  sort: string | null
  /** Where the page before this one ended; null on the first. */
  cursor: string | null
  state: FormState
}>

/** An organisation that a list can be narrowed to. */
export type Named = Readonly<{ id: string; name: string }>

/** How many filters are set. */
export function activeFilters({ values }: Asked): number {
  return Object.keys(values).length
}

/** The list with some of this changed and the rest kept, from its first page. */
export function filtered(
  path: string,
  { values, sort }: Asked,
  changes: Readonly<Partial<Record<FilterName | 'sortera' | 'efter', string | null>>>,
): string {
  return withQuery(path, { ...values, sortera: sort, ...changes })
}

/** What the list is narrowed by, in words, each with the address of the list without it. */
export function chipsOf(
  path: string,
  asked: Asked,
  organisations: readonly Named[],
  competence: CompetenceName | null,
): { label: string; href: string }[] {
  const words: Readonly<Record<FilterName, (value: string) => string>> = {
    q: (value) => `”${value}”`,
    kompetens: (value) => (competence ? competenceName(competence) : value),
    grupp: (value) => wordFor(groupWords, value),
    typ: (value) => wordFor(kindWords, value),
    orsak: (value) => wordFor(causeWords, value),
    var: (value) => counties[value] ?? organisations.find(({ id }) => id === value)?.name ?? m.filter_where(),
    plats: (value) => wordFor(placeWords, value),
    omrade: (value) => `${m.filter_focus_area()}: ${wordFor(groupWords, value)}`,
    fran: (value) => m.filter_from_day({ date: value }),
    till: (value) => m.filter_to_day({ date: value }),
    tim: (value) => m.at_least({ hours: `${value} ${m.unit_hours_week()}` }),
  }
  const wrong = new Set(asked.state.errors.map(({ field }) => field))
  // A period of which one end does not fit is not asked for at all.
  const isUsed = (name: FilterName) =>
    period.includes(name) ? !period.some((end) => wrong.has(end)) : !wrong.has(name)
  return filterNames.flatMap((name) => {
    const value = asked.values[name]
    if (value === undefined || !isUsed(name)) return []
    return [{ label: words[name](value), href: filtered(path, asked, { [name]: null }) }]
  })
}

/** Whether days are asked for by themselves; then those that the words are for do not count. */
export function asksForDays({ values }: Asked): boolean {
  return period.some((end) => values[end] !== undefined)
}

/**
 * What the words searched for may mean, each as the list narrowed to it: by the competence instead of the words, but for those
 * that were not understood.
 */
export function meantBy(
  path: string,
  asked: Asked,
  { items, notUnderstood, period: read }: CompetenceSuggestions,
): { label: string; about: string; href: string }[] {
  const q = notUnderstood.length > 0 ? notUnderstood.join(' ') : null
  // The words go, and with them the days they were for.
  const days = read && !asksForDays(asked) ? { fran: read.from, till: lastDayOf(read) } : {}
  return items.map((hit) => ({
    label: competenceName(hit),
    about: hitSaid(hit),
    href: filtered(path, asked, { q, kompetens: hit.slug, ...days }),
  }))
}

/** The orders of a list, each an address; `relevance` only where there are words to look for. */
export function ordersOf(
  path: string,
  asked: Asked,
  { lookFor, mostLeft }: Readonly<{ lookFor: boolean; mostLeft: string }>,
): { href: string; label: string; current: boolean }[] {
  const usual = lookFor ? 'relevance' : 'newest'
  const labels = {
    ...(lookFor ? { relevance: m.sort_relevance() } : {}),
    newest: m.sort_newest(),
    starts: m.sort_starts(),
    most_left: mostLeft,
  }
  const current = asked.sort !== null && Object.hasOwn(labels, asked.sort) ? asked.sort : usual
  return Object.entries(labels).map(([order, label]) => ({
    label,
    href: filtered(path, asked, { sortera: order === usual ? null : order }),
    current: order === current,
  }))
}

/** `42`, or `Fler än 1 000` where counting stopped. */
export function countWords({ counted, more }: Readonly<{ counted: number; more: boolean }>): string {
  return more ? m.more_than({ count: format.number(counted) }) : format.number(counted)
}
