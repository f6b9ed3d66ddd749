import type { WeeklyHours } from '@samkraft/contracts/marketplace'
import type { PlanLock, PlanPair } from '@samkraft/contracts/matching'
import { mostInCommon, nameOf, type PlanMarket, sidesOf, type Stretch, stretchesInCommon } from './plan-market.ts'
import { weekNamed, weekNumber } from './share.ts'

/** A lock and the weeks it is for. */
type Laid = Readonly<{ lock: PlanLock; stretches: readonly Stretch[] }>

/**
 * The locks one after the other, in the order they were made: each is for the weeks its request and offer have in common, but
 * for those in which the ones before it leave either fewer hours. `beside` is what all of them leave.
 */
export function layLocks(
  market: PlanMarket,
  locks: readonly PlanLock[],
): Readonly<{ laid: readonly Laid[]; beside: ReturnType<typeof sidesOf> }> {
  const beside = sidesOf(market)
  const laid = locks.flatMap((lock) => {
    const [request, offer] = [beside.requests.get(lock.requestId), beside.offers.get(lock.offerId)]
    if (!request || !offer) return []
    const stretches = stretchesInCommon(request, offer, lock.hoursPerWeek)
    beside.requests.set(lock.requestId, { ...request, left: less(request.left, stretches, lock.hoursPerWeek) })
    beside.offers.set(lock.offerId, { ...offer, left: less(offer.left, stretches, lock.hoursPerWeek) })
    return { lock, stretches }
  })
  return { laid, beside }
}

/** How many weeks each lock is for, by its pair. */
export function weeksLocked(market: PlanMarket, locks: readonly PlanLock[]): ReadonlyMap<string, number> {
  return new Map(
    layLocks(market, locks).laid.map(({ lock, stretches }) => [
      nameOf(lock),
      stretches.reduce((weeks, { from, to }) => weeks + to - from, 0),
    ]),
  )
}

/** The most hours a week a pair can have in all weeks that are left to both; none where no week is. */
export function mostToLock({ requests, offers }: ReturnType<typeof sidesOf>, { requestId, offerId }: PlanPair): number {
  const [request, offer] = [requests.get(requestId), offers.get(offerId)]
  return request && offer ? mostInCommon(request, offer) : 0
}

/** Hours by week once some stretches have had so many of them. */
function less(left: readonly WeeklyHours[], stretches: readonly Stretch[], hours: number): WeeklyHours[] {
  return left.flatMap(({ fromWeek, toWeek, hoursPerWeek }) => {
    const [first, end] = [weekNumber(fromWeek), weekNumber(toWeek)]
    const within = stretches.flatMap(({ from, to }) => [from, to]).filter((week) => first < week && week < end)
    const cuts = [first, ...within.sort((a, b) => a - b), end]
    return cuts.slice(0, -1).flatMap((from, at) => {
      const isLocked = stretches.some((stretch) => stretch.from <= from && from < stretch.to)
      const rest = isLocked ? hoursPerWeek - hours : hoursPerWeek
      return rest > 0 ? [{ fromWeek: weekNamed(from), toWeek: weekNamed(cuts[at + 1] ?? end), hoursPerWeek: rest }] : []
    })
  })
}
