import type { PlanReceipt } from '@samkraft/contracts/matching'
import type { Transaction } from 'kysely'
import type { MemberContext } from '../context.ts'
import { insertPlanWork } from '../db/plan-work.ts'
import { insertPlan, type NewPlan } from '../db/plans.ts'
import type { Schema } from '../db/schema.ts'
import { wakeWorkers } from '../db/work.ts'
import { tellOfPlan } from './tell-of-plan.ts'

/** Keeps a new plan with the market it is made of, and hands it to whoever computes plans. */
export async function makePlan(
  tx: Transaction<Schema>,
  ctx: MemberContext,
  command: string,
  plan: Omit<NewPlan, 'organisationId'>,
): Promise<PlanReceipt> {
  const { actor, requestId } = ctx
  const { organisationId } = actor
  const planId = await insertPlan(tx, { ...plan, organisationId })
  await insertPlanWork(tx, { planId, organisationId, requestId })
  const { settings, locks, exclusions, basedOn } = plan
  await tellOfPlan(tx, ctx, { command, planId, before: null, after: { ...settings, locks, exclusions, basedOn } })
  wakeWorkers(tx)
  return { planId, version: 1 }
}
