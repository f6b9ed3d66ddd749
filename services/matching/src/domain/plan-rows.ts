import type { PlanLock, PlanPolicy, UnmetReason } from '@samkraft/contracts/matching'
import type { Period } from '@samkraft/kernel'
import { hoursOf } from './plan-figures.ts'
import type { RoundedPlan } from './plan-quarters.ts'
import { daysOf, nameOf, type PlanMarket, sidesOf, totalHours } from './plan-market.ts'
import type { Mode } from './place.ts'
import { forWantOfOffers } from './plan-explanation.ts'

type Owner = Readonly<{ organisationId: string; planId: string }>

type Row = Readonly<{
  organisation_id: string
  plan_id: string
  policy: PlanPolicy
  request_id: string
  borrower_id: string
  competence: string
}>

export type Assigned = Row &
  Readonly<{
    offer_id: string
    lender_id: string
    place: Mode
    period: Period
    hours_per_week: number
    hours: number
    score: number
    km: number | null
    locked: boolean
  }>

export type Unmet = Row &
  Readonly<{ reason: UnmetReason; hours: number; hours_asked: number; others_lack_the_same: boolean }>

/** The engine's assignments as they are kept: with days instead of weeks, and what was known of the pair. */
export function assignmentRows(
  { organisationId, planId }: Owner,
  policy: PlanPolicy,
  plan: RoundedPlan,
  market: PlanMarket,
  locks: readonly PlanLock[],
): Assigned[] {
  const { requests, offers } = sidesOf(market)
  const pairs = new Map(market.pairs.map((pair) => [nameOf(pair), pair]))
  const locked = new Set(locks.map(nameOf))
  return plan.assignments.map((one) => {
    const [request, offer] = [requests.get(one.request), offers.get(one.offer)]
    const name = nameOf({ requestId: one.request, offerId: one.offer })
    const pair = pairs.get(name)
    if (!request || !offer || !pair) throw new Error('a plan assigns what is not in its market')
    return {
      organisation_id: organisationId,
      plan_id: planId,
      policy,
      request_id: one.request,
      offer_id: one.offer,
      lender_id: offer.organisationId,
      borrower_id: request.organisationId,
      competence: request.competence,
      place: pair.place,
      period: daysOf(market, one, [request.days, offer.days]),
      hours_per_week: one.hoursPerWeek,
      hours: hoursOf(one),
      score: pair.score,
      km: pair.km,
      locked: locked.has(name),
    }
  })
}

const reasons = {
  'no-offer': 'no_offer',
  'taken-by-others': 'taken_by_others',
  'slice-too-small': 'slice_too_small',
  'too-many-providers': 'too_many_providers',
  decided: 'excluded',
  'same-hours': 'same_hours',
  period: 'period',
  rounded: 'rounded',
} as const satisfies Record<RoundedPlan['unmet'][number]['reason'], UnmetReason>

/**
 * Unmet hours as they are kept. Whether other organisations lack the same for want of an offer is seen across the whole plan, so it is
 * kept with them.
 */
export function unmetRows(
  { organisationId, planId }: Owner,
  policy: PlanPolicy,
  plan: RoundedPlan,
  market: PlanMarket,
): Unmet[] {
  const { requests } = sidesOf(market)
  const lacking = new Map<string, Set<string>>()
  for (const { request, reason } of plan.unmet) {
    const lacks = requests.get(request)
    if (!lacks || !forWantOfOffers(reasons[reason])) continue
    lacking.set(lacks.competence, (lacking.get(lacks.competence) ?? new Set()).add(lacks.organisationId))
  }
  return plan.unmet.map(({ request: requestId, hours, reason }) => {
    const request = requests.get(requestId)
    if (!request) throw new Error('a plan lacks what nobody asked for')
    return {
      organisation_id: organisationId,
      plan_id: planId,
      policy,
      request_id: requestId,
      borrower_id: request.organisationId,
      competence: request.competence,
      reason: reasons[reason],
      hours,
      hours_asked: totalHours(request.left, market.fromWeek),
      others_lack_the_same: (lacking.get(request.competence)?.size ?? 0) > 1,
    }
  })
}
