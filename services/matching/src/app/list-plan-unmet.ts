import type { ListPlanUnmet, PlanUnmets } from '@samkraft/contracts/matching'
import { asActor } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { listUnmetRows } from '../db/plan-results.ts'
import { toUnmet } from '../domain/plan-explanation.ts'
import { openComputedPlan } from './open-plan.ts'
import { offsetOf, pageAt } from './page-of-plan.ts'

/** The hours a plan leaves unmet under one policy, why, and what can be done next. */
export function listPlanUnmet({ db, actor }: MemberContext, input: ListPlanUnmet): Promise<PlanUnmets> {
  const offset = offsetOf(input.cursor)
  return asActor(db, actor, async (tx) => {
    const { settings } = await openComputedPlan(tx, input.planId)
    const { items, next } = pageAt(await listUnmetRows(tx, input, offset), input.limit, offset)
    return {
      items: items.map((row) => ({
        requestId: row.request_id,
        borrowerId: row.borrower_id,
        competence: row.competence,
        hoursAsked: row.hours_asked,
        ...toUnmet(row, settings),
      })),
      next,
    }
  })
}
