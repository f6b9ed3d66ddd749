import type { PlanChange, PlanDecision, PlanLock, PlanPair } from '@samkraft/contracts/matching'
import { DomainError } from '@samkraft/kernel'
import { layLocks, mostToLock, weeksLocked } from './plan-locks.ts'
import { type Decided, mostInCommon, nameOf, type PlanMarket, sidesOf } from './plan-market.ts'

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
      // Where it was locked before, it keeps its place among the locks: those after it lie in what it leaves.
      const at = locks.findIndex((one) => !isOther(one))
      const all = at < 0 ? [...locks, lock] : locks.with(at, lock)
      assertPossible(market, lock, at < 0 ? locks : locks.slice(0, at))
      const [was, is] = [weeksLocked(market, locks), weeksLocked(market, all)]
      if (others.locks.some((one) => (is.get(nameOf(one)) ?? 0) < (was.get(nameOf(one)) ?? 0)))
        throw tooMuchLocked(lock)
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

/** `before` are the locks that were made before it. */
function assertPossible(market: PlanMarket, lock: PlanLock, before: readonly PlanLock[]): void {
  const { requests, offers } = sidesOf(market)
  const [request, offer] = [requests.get(lock.requestId), offers.get(lock.offerId)]
  const known = market.pairs.some((pair) => nameOf(pair) === nameOf(lock))
  if (!request || !offer || !known) throw new DomainError('not_found', 'plan.pair_not_found')
  const asked = lock.hoursPerWeek
  const most = mostToLock(layLocks(market, before).beside, lock)
  if (asked > most) {
    if (asked <= mostInCommon(request, offer)) throw tooMuchLocked(lock)
    throw new DomainError('invalid', 'plan.above_possible', { field: 'hoursPerWeek', most, asked })
  }
  if (asked < offer.slice)
    throw new DomainError('invalid', 'plan.below_slice', { field: 'hoursPerWeek', slice: offer.slice, asked })
}

/** Beside the other locks there are not so many hours, or they would lose weeks to it. */
function tooMuchLocked({ hoursPerWeek }: PlanLock): DomainError {
  return new DomainError('conflict', 'plan.too_much_locked', { field: 'hoursPerWeek', asked: hoursPerWeek })
}
