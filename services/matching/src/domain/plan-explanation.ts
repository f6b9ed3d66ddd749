import type { WeeklyHours } from '@samkraft/contracts/marketplace'
import {
  mostProvidersAllowed,
  type NextStep,
  type PlanExplanation,
  type PlanSettings,
  type UnmetReason,
} from '@samkraft/contracts/matching'
import { addDays, overlap, type Period } from '@samkraft/kernel'
import { layLocks, mostToLock } from './plan-locks.ts'
import {
  mostInCommon,
  nameOf,
  type Decided,
  type PlanEdge,
  type PlanMarket,
  type PlanOffer,
  type PlanRequest,
  sidesOf,
} from './plan-market.ts'

const mostOthers = 5

/** A row of a plan, as it is kept. */
export type PlanRow = Readonly<{ requestId: string; offerId: string; period: Period; hoursPerWeek: number }>

const ownStep = {
  no_offer: 'ask_for_capacity',
  excluded: 'release',
  taken_by_others: 'ask_for_capacity',
  slice_too_small: 'talk_about_slice',
  too_many_providers: 'allow_more_providers',
  same_hours: 'allow_other_hours',
  period: 'move_period',
  rounded: null,
} as const satisfies Record<UnmetReason, NextStep | null>

/**
 * What the coordinator can do about unmet hours. Where others lack the same competence for want of an offer, they may fill
 * a post together; where no more offers can be allowed, one of those there are must give more.
 */
function nextStepFor(
  reason: UnmetReason,
  othersLackTheSame: boolean,
  { mostProviders }: PlanSettings,
): NextStep | null {
  if (forWantOfOffers(reason) && othersLackTheSame) return 'pool'
  return reason === 'too_many_providers' && mostProviders >= mostProvidersAllowed ? 'ask_for_capacity' : ownStep[reason]
}

export function forWantOfOffers(reason: UnmetReason): boolean {
  return reason === 'no_offer' || reason === 'taken_by_others'
}

/** Unmet hours as they are told: with what can be done next. */
export function toUnmet(
  {
    hours,
    reason,
    others_lack_the_same,
  }: Readonly<{ hours: number; reason: UnmetReason; others_lack_the_same: boolean }>,
  settings: PlanSettings,
) {
  return { hours, reason, next: nextStepFor(reason, others_lack_the_same, settings) }
}

type Candidate = PlanExplanation['candidates'][number]

/** The pairs of a request as they are told: those that give it hours (`own`) first, then the best. */
export function inOrder(pairs: readonly PlanEdge[], own: readonly Pick<PlanRow, 'offerId'>[]): PlanEdge[] {
  const giving = new Set(own.map(({ offerId }) => offerId))
  const gives = ({ offerId }: PlanEdge) => Number(giving.has(offerId))
  return [...pairs].sort((a, b) => gives(b) - gives(a) || b.score - a.score || (a.offerId < b.offerId ? -1 : 1))
}

/**
 * Offers that could serve a request: what each could give, what it gives, and whom it serves instead. From the market the plan
 * was made of, so that it explains the plan and not today.
 */
export function candidatesFor(
  request: PlanRequest,
  market: PlanMarket,
  pairs: readonly PlanEdge[],
  rows: readonly PlanRow[],
  { locks, exclusions, settings }: Decided & Readonly<{ settings: PlanSettings }>,
): Candidate[] {
  const terms = settings.mayDifferBetweenTerms ? request.left : null
  /** The most in all weeks of any term. */
  const mostInATerm = (asks: PlanRequest | undefined, offer: PlanOffer | undefined) => {
    if (!asks || !offer) return 0
    const left = terms?.map((term) => asks.left.filter((part) => overlap(weeksIn(part), weeksIn(term)))) ?? [asks.left]
    return Math.max(...left.map((own) => mostInCommon({ ...asks, left: own }, offer)))
  }
  const { requests, offers } = sidesOf(market)
  const scores = new Map(market.pairs.map((pair) => [nameOf(pair), pair.score]))
  const excluded = new Set(exclusions.map(nameOf))
  const besideAll = layLocks(market, locks).beside
  return pairs.flatMap((pair) => {
    const offer = offers.get(pair.offerId)
    if (!offer) return []
    const taken = rows.filter(
      (row) => row.offerId === pair.offerId && request.days.some((days) => overlap(row.period, days)),
    )
    const own = taken.filter((row) => row.requestId === request.requestId)
    const others = locks.filter((lock) => nameOf(lock) !== nameOf(pair))
    const beside = others.length < locks.length ? layLocks(market, others).beside : besideAll
    const besideLocks = mostInATerm(beside.requests.get(pair.requestId), beside.offers.get(pair.offerId))
    const served = mostByRequest(taken.filter((row) => row.requestId !== request.requestId))
    return {
      offerId: pair.offerId,
      lenderId: offer.organisationId,
      score: pair.score,
      km: pair.km,
      // Where locks use up the weeks in which there is least, there may be more in the others.
      couldGive: Math.max(besideLocks, mostInATerm(request, offer)),
      couldLock: mostToLock(beside, pair),
      slice: offer.slice,
      gives: own.reduce((most, { hoursPerWeek }) => Math.max(most, hoursPerWeek), 0),
      left: leastLeft(request, offer, taken),
      excluded: excluded.has(nameOf(pair)),
      others: served.slice(0, mostOthers).map((row) => ({
        requestId: row.requestId,
        borrowerId: requests.get(row.requestId)?.organisationId ?? '',
        hoursPerWeek: row.hoursPerWeek,
        score: scores.get(nameOf(row)) ?? 0,
      })),
    }
  })
}

/** The most each request gets in any week, the largest first: one that gets hours in two terms is one. */
function mostByRequest(rows: readonly PlanRow[]): PlanRow[] {
  const most = new Map<string, PlanRow>()
  for (const row of rows) {
    const known = most.get(row.requestId)
    if (!known || row.hoursPerWeek > known.hoursPerWeek) most.set(row.requestId, row)
  }
  return [...most.values()].sort((a, b) => b.hoursPerWeek - a.hoursPerWeek)
}

/** What nobody has taken, in the week of the request where it is least. */
function leastLeft(request: PlanRequest, offer: PlanOffer, taken: readonly PlanRow[]): number {
  const weeks = request.left.flatMap(({ fromWeek, toWeek }) => mondays(fromWeek, toWeek))
  const hours = weeks.flatMap((week) => {
    const there = offer.left.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)
    if (!there || there.hoursPerWeek === 0) return []
    const used = taken.filter(({ period }) => overlap(period, { from: week, to: addDays(week, 7) }))
    return Math.max(0, there.hoursPerWeek - used.reduce((sum, row) => sum + row.hoursPerWeek, 0))
  })
  return hours.length === 0 ? 0 : Math.min(...hours)
}

function weeksIn({ fromWeek, toWeek }: WeeklyHours): Period {
  return { from: fromWeek, to: toWeek }
}

function mondays(fromWeek: string, toWeek: string): string[] {
  const weeks: string[] = []
  for (let week = fromWeek; week < toWeek; week = addDays(week, 7)) weeks.push(week)
  return weeks
}
