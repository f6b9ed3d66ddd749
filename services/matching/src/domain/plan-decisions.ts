import type { PlanChange, PlanDecision, PlanLock, PlanPair } from '@samkraft/contracts/matching'
import { DomainError } from '@samkraft/kernel'
import {
  type Decided,
  hoursInWeek,
  mostInCommon,
  nameOf,
  type PlanMarket,
  sidesOf,
  stretchesInCommon,
} from './plan-market.ts'

/**
 * What is decided by hand after one more change. A lock must be possible by itself and together with the other locks. Throws
 * `not_found plan.pair_not_found`, `invalid plan.below_slice | plan.above_possible`, `conflict plan.too_much_locked`.
 */
export function decide(market: PlanMarket, { locks, exclusions }: Decided, change: PlanChange): Decided {
  const isOther = (pair: PlanPair) => nameOf(pair) !== nameOf(change)
  const { requestId, offerId } = change
  const others = { locks: locks.filter(isOther), exclusions: exclusions.filter(isOther) }
  switch (change.kind) {
    case 'release':
      return others
    case 'exclude':
      if (!market.pairs.some((pair) => !isOther(pair))) throw new DomainError('not_found', 'plan.pair_not_found')
      return { ...others, exclusions: [...others.exclusions, { requestId, offerId }] }
    case 'lock': {
      const lock = { requestId, offerId, hoursPerWeek: change.hoursPerWeek }
      assertPossible(market, lock)
      const all = [...others.locks, lock]
      assertTogether(market, all)
      return { ...others, locks: all }
    }
  }
}

/** What of an earlier plan's decisions still can be kept in this market. */
export function keepPossible(market: PlanMarket, { locks, exclusions }: Decided): Decided {
  const known = new Set(market.pairs.map(nameOf))
  const kept = locks.reduce<readonly PlanLock[]>((all, lock) => {
    try {
      return decide(market, { locks: all, exclusions: [] }, { kind: 'lock', ...lock }).locks
    } catch (error) {
      if (error instanceof DomainError) return all
      throw error
    }
  }, [])
  return { locks: kept, exclusions: exclusions.filter((pair) => known.has(nameOf(pair))) }
}

/** What was decided by hand, with whose requests and offers it is about. */
export function decisionsIn(market: PlanMarket, { locks, exclusions }: Decided): PlanDecision[] {
  const { requests, offers } = sidesOf(market)
  return [...locks, ...exclusions.map((pair) => ({ ...pair, hoursPerWeek: null }))].flatMap((one) => {
    const [request, offer] = [requests.get(one.requestId), offers.get(one.offerId)]
    if (!request || !offer) return []
    const { organisationId: borrowerId, competence } = request
    return [{ ...one, lenderId: offer.organisationId, borrowerId, competence }]
  })
}

function assertPossible(market: PlanMarket, lock: PlanLock): void {
  const { requests, offers } = sidesOf(market)
  const [request, offer] = [requests.get(lock.requestId), offers.get(lock.offerId)]
  const known = market.pairs.some((pair) => nameOf(pair) === nameOf(lock))
  if (!request || !offer || !known) throw new DomainError('not_found', 'plan.pair_not_found')
  const most = mostInCommon(request, offer)
  if (lock.hoursPerWeek > most)
    throw new DomainError('invalid', 'plan.above_possible', { field: 'hoursPerWeek', most, asked: lock.hoursPerWeek })
  if (lock.hoursPerWeek < offer.slice)
    throw new DomainError('invalid', 'plan.below_slice', {
      field: 'hoursPerWeek',
      slice: offer.slice,
      asked: lock.hoursPerWeek,
    })
}

/** No offer gives, and no request gets, more in any week by locks alone than it has. */
function assertTogether(market: PlanMarket, locks: readonly PlanLock[]): void {
  const { requests, offers } = sidesOf(market)
  const used = new Map<string, number>()
  for (const { requestId, offerId, hoursPerWeek } of locks) {
    const [request, offer] = [requests.get(requestId), offers.get(offerId)]
    if (!request || !offer) continue
    const sides = [
      { id: requestId, left: request.left },
      { id: offerId, left: offer.left },
    ]
    for (const { from, to } of stretchesInCommon(request, offer))
      for (let week = from; week < to; week += 1)
        for (const { id, left } of sides) {
          const hours = (used.get(`${id} ${week}`) ?? 0) + hoursPerWeek
          used.set(`${id} ${week}`, hours)
          if (hours > hoursInWeek(left, week))
            throw new DomainError('conflict', 'plan.too_much_locked', { field: 'hoursPerWeek', asked: hoursPerWeek })
        }
  }
}
