import type { ListPlanAssignments, PlanAssignments } from '@samkraft/contracts/matching'
import { asActor } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { listAssignments, sidesNow } from '../db/plan-results.ts'
import { standingOf } from '../domain/plan-standing.ts'
import { openComputedPlan } from './open-plan.ts'
import { offsetOf, pageAt } from './page-of-plan.ts'

/** The rows of a plan under one policy, each with whether it still could become a proposal. */
export function listPlanAssignments(
  { db, actor }: MemberContext,
  input: ListPlanAssignments,
): Promise<PlanAssignments> {
  const offset = offsetOf(input.cursor)
  return asActor(db, actor, async (tx) => {
    await openComputedPlan(tx, input.planId)
    const { items, next } = pageAt(await listAssignments(tx, input, offset), input.limit, offset)
    const now = await sidesNow(tx, {
      requestIds: items.map(({ request_id }) => request_id),
      offerIds: items.map(({ offer_id }) => offer_id),
    })
    return {
      items: items.map((row) => {
        const shown = {
          requestId: row.request_id,
          offerId: row.offer_id,
          lenderId: row.lender_id,
          borrowerId: row.borrower_id,
          competence: row.competence,
          place: row.place,
          period: row.period,
          hoursPerWeek: row.hours_per_week,
          hours: row.hours,
          score: row.score,
          km: row.km,
          locked: row.locked,
          arrangementId: row.arrangement_id,
        }
        const request = now.requests.get(row.request_id) ?? null
        const offer = now.offers.get(row.offer_id) ?? null
        return {
          ...shown,
          standing: standingOf({ ...shown, turnedDown: row.closed === true }, { request, offer, today: row.today }),
        }
      }),
      next,
    }
  })
}
