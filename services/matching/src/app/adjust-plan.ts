import type { AdjustPlan, PlanReceipt } from '@samkraft/contracts/matching'
import { runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { findPlanMarket } from '../db/plans.ts'
import { decide } from '../domain/plan-decisions.ts'
import { makePlan } from './make-plan.ts'
import { openPlan } from './open-plan.ts'

const command = 'plan.adjust'

/**
 * Makes a new plan of the same market with one pair locked, excluded or released, so that what differs is due to that alone;
 * going back is opening the plan before. Throws `not_found plan.not_found | plan.pair_not_found`, `invalid plan.below_slice |
 * plan.above_possible`, `conflict plan.too_much_locked`.
 */
export function adjustPlan(ctx: MemberContext, input: AdjustPlan): Promise<PlanReceipt> {
  const { db, actor } = ctx
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    const plan = await openPlan(tx, input.planId)
    const market = await findPlanMarket(tx, input.planId)
    if (!market) throw new DomainError('not_found', 'plan.not_found')
    return makePlan(tx, ctx, command, {
      basedOn: plan.planId,
      settings: plan.settings,
      ...decide(market, plan, input.change),
      market,
    })
  })
}
