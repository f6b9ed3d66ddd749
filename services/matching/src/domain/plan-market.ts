import type { Assignment } from '@samkraft/allocation'
import type { WeeklyHours } from '@samkraft/contracts/marketplace'
import type { PlanLock, PlanMarketSummary, PlanPair } from '@samkraft/contracts/matching'
import { overlap, type Period } from '@samkraft/kernel'
import { enclosing } from './parties.ts'
import type { Mode } from './place.ts'
import { weekNamed, weekNumber, weeksApart } from './share.ts'

/** Weeks a plan looks ahead. */
export const planWeeks = 104

/**
 * The open market of a county as it stood when a plan was made: functions, hours and organisations. No title, no words that a
 * person wrote and no person is in it, so none can enter the engine.
 */
export type PlanMarket = Readonly<{
  at: string
  /** The Monday of the first week. */
  fromWeek: string
  requests: readonly PlanRequest[]
  offers: readonly PlanOffer[]
  pairs: readonly PlanEdge[]
  /** Requests of which pairs may be missing, until the plan is computed (`withAllPairs`). */
  unsettled?: readonly string[]
  /** Offers that have changed since they were matched, until then: the pair with any request may be missing. */
  offersBehind?: readonly string[]
  /** How many offers of a request were considered; null, or not there, when all were. */
  offersPerRequest?: number | null
  /** Inhabitants of those who ask or offer; null where it is no municipality. */
  organisations: readonly Readonly<{ organisationId: string; population: number | null }>[]
}>

export type PlanRequest = Readonly<{
  requestId: string
  organisationId: string
  competence: string
  place: Mode
  least: number
  /** The periods it is for, such as its terms. */
  days: readonly Period[]
  left: readonly WeeklyHours[]
}>

export type PlanOffer = Readonly<{
  offerId: string
  organisationId: string
  slice: number
  /** Öre per hour excluding VAT; null when it has no hourly price. */
  orePerHour: number | null
  /** The periods it is for, such as its terms. */
  days: readonly Period[]
  left: readonly WeeklyHours[]
}>

/** An offer that serves a request, as the published rules scored it: 1–100. */
export type PlanEdge = PlanPair & Readonly<{ score: number; km: number | null; place: Mode }>

export type Decided = Readonly<{ locks: readonly PlanLock[]; exclusions: readonly PlanPair[] }>

/** The requests and offers of a market by their ids. */
export function sidesOf({ requests, offers }: PlanMarket) {
  return {
    requests: new Map(requests.map((request) => [request.requestId, request])),
    offers: new Map(offers.map((offer) => [offer.offerId, offer])),
  }
}

export function nameOf({ requestId, offerId }: PlanPair): string {
  return `${requestId} ${offerId}`
}

/** The days of an assignment: of its weeks, from the first to the last day that is both asked for and offered. */
export function daysOf(
  market: PlanMarket,
  { fromWeek, toWeek }: Pick<Assignment, 'fromWeek' | 'toWeek'>,
  [asked, offered]: readonly [asked: readonly Period[], offered: readonly Period[]],
): Period {
  const first = weekNumber(market.fromWeek)
  const weeks = { from: weekNamed(first + fromWeek), to: weekNamed(first + toWeek) }
  const within = asked.flatMap((period) => overlap(period, weeks) ?? [])
  return enclosing(within.flatMap((one) => offered.flatMap((other) => overlap(one, other) ?? []))) ?? weeks
}

/** The most hours a week one offer could give one request in all weeks they have in common, were nobody else there. */
export function mostInCommon(request: PlanRequest, offer: PlanOffer): number {
  const weeks = inCommon(request, offer)
  return weeks.reduce((least, { hoursPerWeek }) => Math.min(least, hoursPerWeek), weeks[0]?.hoursPerWeek ?? 0)
}

/** Hours asked for (or offered) from a Monday on, over all weeks. */
export function totalHours(left: readonly WeeklyHours[], fromWeek: string): number {
  const first = weekNumber(fromWeek)
  return segments(left, first).reduce((sum, one) => sum + one.hoursPerWeek * (one.toWeek - one.fromWeek), 0)
}

export function summaryOf(market: PlanMarket): PlanMarketSummary {
  const sum = (sides: readonly { left: readonly WeeklyHours[] }[]) =>
    sides.reduce((hours, { left }) => hours + totalHours(left, market.fromWeek), 0)
  return {
    at: market.at,
    fromWeek: market.fromWeek,
    requests: market.requests.length,
    offers: market.offers.length,
    pairs: market.pairs.length,
    offersPerRequest: market.offersPerRequest ?? null,
    hoursAsked: sum(market.requests),
    hoursOffered: sum(market.offers),
  }
}

/** The hours in the weeks of a plan that begins on a Monday: neither those gone by nor those beyond it. */
export function leftInPlan(left: readonly WeeklyHours[], fromWeek: string): WeeklyHours[] {
  const end = weekNamed(weekNumber(fromWeek) + planWeeks)
  return left.flatMap((part) => {
    const weeks = overlap({ from: part.fromWeek, to: part.toWeek }, { from: fromWeek, to: end })
    return weeks && part.hoursPerWeek > 0 ? [{ ...part, fromWeek: weeks.from, toWeek: weeks.to }] : []
  })
}

/** Stretches with hours in them, within the weeks of a plan whose first week has this number. */
export function segments(left: readonly WeeklyHours[], first: number) {
  return left.flatMap(({ fromWeek, toWeek, hoursPerWeek }) => {
    const from = Math.max(0, weekNumber(fromWeek) - first)
    const to = Math.min(planWeeks, weekNumber(toWeek) - first)
    return from < to && hoursPerWeek > 0 ? [{ fromWeek: from, toWeek: to, hoursPerWeek }] : []
  })
}

/** Weeks by their numbers. */
export type Stretch = Readonly<{ from: number; to: number }>

/** The weeks in which both have so many hours, without the gaps between them: a summer is not part of two terms. */
export function stretchesInCommon(request: PlanRequest, offer: PlanOffer, hours: number): Stretch[] {
  const enough = inCommon(request, offer).filter(({ hoursPerWeek }) => hoursPerWeek >= hours)
  return enough.reduce<Stretch[]>((stretches, { from, to }) => {
    const last = stretches.at(-1)
    return last?.to === from ? [...stretches.slice(0, -1), { from: last.from, to }] : [...stretches, { from, to }]
  }, [])
}

type Common = Stretch & Readonly<{ hoursPerWeek: number }>

function inCommon(request: PlanRequest, offer: PlanOffer): Common[] {
  const apart = [...weeksApart(request.days, offer.days)]
  return request.left
    .flatMap((asked) =>
      offer.left.map((offered) => ({
        from: Math.max(weekNumber(asked.fromWeek), weekNumber(offered.fromWeek)),
        to: Math.min(weekNumber(asked.toWeek), weekNumber(offered.toWeek)),
        hoursPerWeek: Math.min(asked.hoursPerWeek, offered.hoursPerWeek),
      })),
    )
    .flatMap((stretch) =>
      apart.reduce<Common[]>((parts, week) => parts.flatMap((part) => without(part, week)), [stretch]),
    )
    .filter(({ from, to, hoursPerWeek }) => from < to && hoursPerWeek > 0)
    .sort((a, b) => a.from - b.from)
}

function without(stretch: Common, week: number): Common[] {
  if (week < stretch.from || week >= stretch.to) return [stretch]
  return [
    { ...stretch, to: week },
    { ...stretch, from: week + 1 },
  ]
}
