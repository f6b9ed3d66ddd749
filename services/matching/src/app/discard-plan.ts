import type { DiscardPlan, PlanReceipt } from '@samkraft/contracts/matching'
import { runCommand } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { deletePlan } from '../db/plans.ts'
import { assertSeen, openPlan } from './open-plan.ts'
import { tellOfPlan } from './tell-of-plan.ts'

const command = 'plan.discard'

/**
 * Throws a plan away, also one that is being computed, but not one that somebody has given a name meanwhile. What was proposed from
 * it stays proposed. Throws `not_found plan.not_found`, `conflict plan.stale`.
 */
export function discardPlan(ctx: MemberContext, input: DiscardPlan): Promise<PlanReceipt> {
  const { db, actor } = ctx
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    const plan = await openPlan(tx, input.planId, { lock: true })
    assertSeen(plan, input.version)
    const { planId, version, name, settings, locks, exclusions } = plan
    await deletePlan(tx, planId)
    await tellOfPlan(tx, ctx, { command, planId, before: { name, ...settings, locks, exclusions }, after: null })
    return { planId, version }
  })
}
