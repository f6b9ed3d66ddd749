import type { PlanFlows, PlanPolicy } from '@samkraft/contracts/matching'
import { asActor } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { readFlows } from '../db/plan-results.ts'
import { openComputedPlan } from './open-plan.ts'

/** Hours from whom to whom: what the matrix and the map are drawn of. */
export function getPlanFlows(
  { db, actor }: MemberContext,
  input: { planId: string; policy: PlanPolicy },
): Promise<PlanFlows> {
  return asActor(db, actor, async (tx) => {
    await openComputedPlan(tx, input.planId)
    return { flows: await readFlows(tx, input) }
  })
}
