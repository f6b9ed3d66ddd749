import type { PlanReceipt, SavePlan } from '@samkraft/contracts/matching'
import { runCommand } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { namePlan } from '../db/plans.ts'
import { assertSeen, openPlan } from './open-plan.ts'
import { tellOfPlan } from './tell-of-plan.ts'

const command = 'plan.save'

/** Keeps a plan for good, under a name. Throws `not_found plan.not_found`, `conflict plan.stale`. */
export function savePlan(ctx: MemberContext, input: SavePlan): Promise<PlanReceipt> {
  const { db, actor } = ctx
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    const plan = await openPlan(tx, input.planId, { lock: true })
    assertSeen(plan, input.version)
    const { planId } = plan
    const version = await namePlan(tx, planId, input.name)
    await tellOfPlan(tx, ctx, { command, planId, before: { name: plan.name }, after: { name: input.name } })
    return { planId, version }
  })
}
