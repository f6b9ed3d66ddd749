import type { PlanReceipt, StopPlan } from '@samkraft/contracts/matching'
import { runCommand } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { askToStop } from '../db/plan-work.ts'
import { openPlan } from './open-plan.ts'
import { tellOfPlan } from './tell-of-plan.ts'

const command = 'plan.stop'

/** Asks that a plan be cut short: what has been found by then is kept. One that is there already stays as it is. */
export function stopPlan(ctx: MemberContext, input: StopPlan): Promise<PlanReceipt> {
  const { db, actor } = ctx
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    const { planId, version, state } = await openPlan(tx, input.planId)
    if (await askToStop(tx, planId))
      await tellOfPlan(tx, ctx, { command, planId, before: { state }, after: { state: 'stopped' } })
    return { planId, version }
  })
}
