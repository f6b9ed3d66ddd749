import type { ComparePlans, PlanComparison } from '@samkraft/contracts/matching'
import { asActor } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { readDifferences } from '../db/plan-results.ts'
import { readPlan } from '../db/plans.ts'
import { openComputedPlan } from './open-plan.ts'

const mostShown = 100

/** What is different from another of the organisation's plans. Throws `not_found plan.not_found`, `conflict plan.not_ready`. */
export function comparePlans({ db, actor }: MemberContext, input: ComparePlans): Promise<PlanComparison> {
  return asActor(db, actor, async (tx) => {
    await openComputedPlan(tx, input.planId)
    await openComputedPlan(tx, input.otherId)
    const other = await readPlan(tx, input.otherId)
    const found = await readDifferences(tx, input, mostShown)
    return {
      before: other?.alternatives.find(({ policy }) => policy === input.policy)?.figures ?? null,
      differences: found.slice(0, mostShown),
      more: found.length > mostShown,
    }
  })
}
