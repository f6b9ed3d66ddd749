import type { PlanReceipt } from '@samkraft/contracts/matching'
import { announce, recordAudit } from '@samkraft/db'
import type { Transaction } from 'kysely'
import type { MemberContext } from '../context.ts'
import { insertPlanWork } from '../db/plan-work.ts'
import { insertPlan, type NewPlan } from '../db/plans.ts'
import type { Schema } from '../db/schema.ts'
import { wakeWorkers } from '../db/work.ts'

/** Keeps a new plan with the market it is made of, and hands it to whoever computes plans. */
export async function makePlan(
  tx: Transaction<Schema>,
  { actor, requestId }: MemberContext,
  command: string,
  plan: Omit<NewPlan, 'organisationId'>,
): Promise<PlanReceipt> {
  const { organisationId, personId } = actor
  const planId = await insertPlan(tx, { ...plan, organisationId })
  await insertPlanWork(tx, { planId, organisationId, requestId })
  const { settings, locks, exclusions, basedOn } = plan
  await recordAudit(tx, {
    organisationId,
    personId,
    requestId,
    command,
    subjectType: 'plan',
    subjectId: planId,
    before: null,
    after: { ...settings, locks, exclusions, basedOn },
  })
  announce(tx, { organisations: [organisationId], noun: 'plan', id: planId })
  wakeWorkers(tx)
  return { planId, version: 1 }
}
