import type { CompetenceName, Owner, Segment, Status, WeeklyHours } from '@samkraft/contracts/marketplace'
import { addDays, isDate, type Period, weeksToCome } from '@samkraft/kernel'
import { isOver } from './life.ts'

/** What an offer and a request have in common is kept once, under this name; what differs is in `offer.ts` and `request.ts`. */
export type Noun = 'offer' | 'request'

/** Where a code of a municipality is, by name. */
export type Place = Readonly<{ code: string; name: string }>

/** A competence that is in the vocabulary, by its slug. */
export type NameOf = (slug: string) => CompetenceName

/** An offer or a request that everybody may read, and all that is needed to show it. */
export type Published<Details> = Readonly<{
  id: string
  reference: string
  version: number
  status: Status
  owner: Owner
  details: Details
  /** Where it is, when not in the owner's own municipality. */
  at: Place | null
  publishedAt: string
  changedAt: string
  /** All of it, and what is left of it as the ledger has it, as stretches of weeks. */
  extent: readonly WeeklyHours[]
  left: readonly WeeklyHours[]
}>

/** What others are told with what it says. */
export type ToldBesides = Readonly<{
  /** The first of its versions that came with what it comes with. */
  conditionsVersion: number
  /** Where it is, as the municipality's organisation; null in the owner's own place. */
  placeOrganisationId: string | null
}>

/** The weeks its numbers are about on this day: those still to come, and all of them once it is over. */
export function weeksThatCount(
  { status }: Readonly<{ status: Status }>,
  weeks: readonly WeeklyHours[],
  today: string,
): readonly WeeklyHours[] {
  return isOver(status) ? weeks : weeksToCome(weeks, today)
}

/** What details of either noun say alike, as far as the rules here go. */
export type ListingDetails = Readonly<{
  segments: readonly Segment[]
  openUntil: string | null
  place: string
  placeMunicipality: string | null
  focusAreas: readonly string[]
}>

/** From the first day to the day after the last; null without hours. */
export function spanOf(segments: readonly Segment[]): Period | null {
  const [first, last] = [segments[0], segments.at(-1)]
  return first && last ? { from: first.period.from, to: last.period.to } : null
}

type DraftSegment = Readonly<{
  period?: { from?: string | null | undefined; to?: string | null | undefined } | null | undefined
}>

/** The period of a draft, when both its ends are real days in order; null as long as they are not. */
export function draftPeriod(segments: readonly DraftSegment[]): Period | null {
  const from = segments[0]?.period?.from ?? ''
  const to = segments.at(-1)?.period?.to ?? ''
  return isDate(from) && isDate(to) && from < to ? { from, to } : null
}

/** The first day on which it is no longer open: its period is over, or its last day to propose has passed. */
export function closesOn({ segments, openUntil }: Pick<ListingDetails, 'segments' | 'openUntil'>): string {
  const end = spanOf(segments)?.to
  const after = openUntil === null ? undefined : addDays(openUntil, 1)
  const closes = [end, after].filter((day) => day !== undefined).sort()[0]
  if (closes === undefined) throw new Error('an offer without hours says until when it is open')
  return closes
}

/** The most hours in any week of these stretches, whether of days or of weeks. */
export function mostHours(stretches: readonly Readonly<{ hoursPerWeek: number }>[]): number {
  return Math.max(0, ...stretches.map(({ hoursPerWeek }) => hoursPerWeek))
}

/** The fewest hours in any week of these stretches. */
export function leastHours(weeks: readonly WeeklyHours[]): number {
  return weeks.length === 0 ? 0 : Math.min(...weeks.map(({ hoursPerWeek }) => hoursPerWeek))
}

/** What everybody reads of an offer or a request, in the three shapes it is kept in. */
export type Shown<Item, View> = Readonly<{
  /** One row of a list. */
  item: Item
  /** What the whole of it has besides. */
  more: Omit<View, keyof Item>
  /** Words to find it by: its name first, what goes with it next, the rest last. */
  words: Readonly<{ name: string; beside: string; text: string }>
}>

/** Which fields of `after` differ from `before`, with both values; what did not change is left out. */
export function difference(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => canonical(before[key]) !== canonical(after[key]),
  )
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(changed.map((key) => [key, from[key] ?? null]))
  return { before: pick(before), after: pick(after) }
}

/** The same text for the same value, whatever order its keys were kept in; nothing, null and missing are one. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
