import type { PlanView } from '@samkraft/contracts/matching'
import { asActor } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { findPlanMarket, readPlan } from '../db/plans.ts'
import { decisionsIn } from '../domain/plan-decisions.ts'

/** A plan with its figures, policy by policy, or how far it has come. Throws `not_found plan.not_found`. */
export function getPlan({ db, actor }: MemberContext, { planId }: { planId: string }): Promise<PlanView> {
  return asActor(db, actor, async (tx) => {
    const plan = await readPlan(tx, planId)
    if (!plan) throw new DomainError('not_found', 'plan.not_found')
    const { locks, exclusions, ...view } = plan
    const isUntouched = locks.length + exclusions.length === 0
    const market = isUntouched ? undefined : await findPlanMarket(tx, planId)
    return { ...view, decided: market ? decisionsIn(market, { locks, exclusions }) : [] }
  })
}
