import type { ExplainPlan, PlanExplanation } from '@samkraft/contracts/matching'
import { asActor } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { rowsOfOffers, unmetOf } from '../db/plan-results.ts'
import { findPlanMarket } from '../db/plans.ts'
import { candidatesFor, inOrder, toUnmet } from '../domain/plan-explanation.ts'
import { sidesOf, totalHours } from '../domain/plan-market.ts'
import { openComputedPlan } from './open-plan.ts'
import { offsetOf, pageAt } from './page-of-plan.ts'

/** Why a request got what it got in a plan. Throws `not_found plan.not_found | plan.request_not_found`, `conflict plan.not_ready`. */
export function explainPlan({ db, actor }: MemberContext, input: ExplainPlan): Promise<PlanExplanation> {
  const offset = offsetOf(input.cursor)
  return asActor(db, actor, async (tx) => {
    const plan = await openComputedPlan(tx, input.planId)
    const market = await findPlanMarket(tx, input.planId)
    const request = market && sidesOf(market).requests.get(input.requestId)
    if (!market || !request) throw new DomainError('not_found', 'plan.request_not_found')
    const pairs = market.pairs.filter(({ requestId }) => requestId === input.requestId)
    const rows = await rowsOfOffers(
      tx,
      input,
      pairs.map(({ offerId }) => offerId),
    )
    const unmet = await unmetOf(tx, input, input.requestId)
    const own = rows.filter(({ requestId }) => requestId === input.requestId)
    const asked = pairs.filter(({ offerId }) => input.offerId === undefined || input.offerId === offerId)
    const ordered = inOrder(asked, own)
    const { items, next } = pageAt(ordered.slice(offset, offset + input.limit + 1), input.limit, offset)
    return {
      requestId: input.requestId,
      borrowerId: request.organisationId,
      competence: request.competence,
      hoursAsked: totalHours(request.left, market.fromWeek),
      hoursGiven: own.reduce((sum, { hours }) => sum + hours, 0),
      unmet: unmet.map((row) => toUnmet(row, plan.settings)),
      candidates: candidatesFor(request, market, items, rows, plan),
      next,
    }
  })
}
