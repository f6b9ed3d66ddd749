import type { OfferFacts, RequestFacts, WeeklyHours } from '@samkraft/contracts/marketplace'
import { overlap, type Period } from '@samkraft/kernel'
import type { Relations } from './relation.ts'

/** Where something is, degrees: the seat of a municipality or a region. Null when its position is not known. */
export type Position = Readonly<{ latitude: number; longitude: number }> | null

/** An offer as matching weighs it: functions and hours, never a person. `position` is where it sets out from. */
export type Offered = Readonly<{ organisationId: string; position: Position; facts: OfferFacts }>

/** A request as matching weighs it, with the public facts of the organisation that asks. */
export type Asked = Readonly<{
  organisationId: string
  /** Where it is: in the place it names, else at its owner's. */
  position: Position
  /** Null when the organisation is not a municipality. */
  population: number | null
  /** Hours given and taken in approved arrangements. */
  balance: Balance
  facts: RequestFacts
}>

export type Balance = Readonly<{ given: number; taken: number }>

/** What a score needs beside the two sides. */
export type Market = Readonly<{
  relations: Relations
  /** Weeks before this Monday are past and count for nothing. */
  fromWeek: string
}>

export const earthRadiusKm = 6371.0088

/** Kilometres as the crow flies, whole; null when either position is unknown. */
export function distanceKm(a: Position, b: Position): number | null {
  if (!a || !b) return null
  const radians = Math.PI / 180
  const half = (from: number, to: number) => Math.sin(((to - from) * radians) / 2) ** 2
  const chord =
    half(a.latitude, b.latitude) +
    Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * half(a.longitude, b.longitude)
  return Math.round(2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(chord))))
}

/** The days from the first to the last week with hours in it; null when there are none. */
export function spanOf(left: readonly WeeklyHours[]): { from: string; to: string } | null {
  const some = left.filter(({ fromWeek, toWeek, hoursPerWeek }) => hoursPerWeek > 0 && fromWeek < toWeek)
  if (some.length === 0) return null
  return {
    from: some.reduce((first, { fromWeek }) => (fromWeek < first ? fromWeek : first), some[0]?.fromWeek ?? ''),
    to: some.reduce((last, { toWeek }) => (toWeek > last ? toWeek : last), ''),
  }
}

/** The days still asked for. Hours are kept week by week, but nobody asks for a day outside the request's own periods. */
export function daysAsked({ left, segments }: Pick<RequestFacts, 'left' | 'segments'>): Period | null {
  const [weeks, own] = [spanOf(left), enclosing(segments.map(({ period }) => period))]
  return weeks && own && overlap(weeks, own)
}

/** From the first day of any period to the end of the last; null when there is none. */
export function enclosing(periods: readonly Period[]): Period | null {
  return periods.reduce<Period | null>(
    (all, { from, to }) => ({ from: all && all.from < from ? all.from : from, to: all && all.to > to ? all.to : to }),
    null,
  )
}

/** The most hours in any week; zero when there are none. */
export function mostHours(left: readonly WeeklyHours[]): number {
  return left.reduce((most, { hoursPerWeek }) => Math.max(most, hoursPerWeek), 0)
}
