import type { Assignment, Market, Policy } from '@samkraft/allocation'
import type { PlanLock, PlanPair, PlanPolicy, PlanSettings } from '@samkraft/contracts/matching'
import { mostHours } from './parties.ts'
import { layLocks } from './plan-locks.ts'
import { type Decided, nameOf, type PlanMarket, planWeeks, segments, sidesOf, type Stretch } from './plan-market.ts'
import { weekNumber, weeksApart } from './share.ts'

/** What the engine calls a policy. */
export function policyFor(policy: PlanPolicy, { fairness }: PlanSettings): Policy {
  if (policy === 'balanced') return { kind: 'balanced', fairness }
  return { kind: policy === 'most_help' ? 'most-help' : 'worst-off-first' }
}

/** The market in the engine's words: weeks are counted from 0, an excluded pair has no edge, a lock is decided beforehand. */
export function toEngine(market: PlanMarket, settings: PlanSettings, { locks, exclusions }: Decided): Market {
  const first = weekNumber(market.fromWeek)
  const excluded = new Set(exclusions.map(nameOf))
  const { requests, offers } = sidesOf(market)
  const paired = ({ requestId, offerId }: PlanPair) => {
    const [request, offer] = [requests.get(requestId), offers.get(offerId)]
    const apart = request && offer ? [...weeksApart(request.days, offer.days)].map((week) => week - first) : []
    return {
      request: requestId,
      offer: offerId,
      apart: apart.filter((week) => week >= 0 && week < planWeeks),
    }
  }
  return {
    weeks: planWeeks,
    requests: market.requests.map(({ requestId, organisationId, least, left }) => ({
      id: requestId,
      party: organisationId,
      demand: segments(left, first),
      // Nobody needs more than is still asked for.
      minimumSlice: Math.min(least, mostHours(left)),
    })),
    offers: market.offers.map(({ offerId, organisationId, slice, left }) => ({
      id: offerId,
      party: organisationId,
      capacity: segments(left, first),
      minimumSlice: slice,
    })),
    edges: market.pairs
      .filter((pair) => !excluded.has(nameOf(pair)))
      .map((pair) => ({ ...paired(pair), score: pair.score / 100 })),
    locked: layLocks(market, locks).laid.flatMap(({ lock, stretches }) =>
      stretches.flatMap((stretch) => toLocked(lock, stretch, first)),
    ),
    excluded: exclusions.map(paired),
    maxProviders: settings.mostProviders,
  }
}

/** None where the stretch lies outside the weeks of the plan. */
function toLocked({ requestId, offerId, hoursPerWeek }: PlanLock, { from, to }: Stretch, first: number): Assignment[] {
  const [fromWeek, toWeek] = [Math.max(0, from - first), Math.min(planWeeks, to - first)]
  return fromWeek < toWeek ? [{ request: requestId, offer: offerId, fromWeek, toWeek, hoursPerWeek }] : []
}
