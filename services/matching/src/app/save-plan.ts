import type { PlanReceipt, SavePlan } from '@samkraft/contracts/matching'
import { announce, recordAudit, runCommand } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { namePlan } from '../db/plans.ts'
import { assertSeen, openPlan } from './open-plan.ts'

const command = 'plan.save'

/** Keeps a plan for good, under a name. Throws `not_found plan.not_found`, `conflict plan.stale`. */
export function savePlan({ db, actor, requestId }: MemberContext, input: SavePlan): Promise<PlanReceipt> {
  const { organisationId, personId } = actor
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    const plan = await openPlan(tx, input.planId, { lock: true })
    assertSeen(plan, input.version)
    const version = await namePlan(tx, plan.planId, input.name)
    await recordAudit(tx, {
      organisationId,
      personId,
      requestId,
      command,
      subjectType: 'plan',
      subjectId: plan.planId,
      before: { name: plan.name },
      after: { name: input.name },
    })
    announce(tx, { organisations: [organisationId], noun: 'plan', id: plan.planId })
    return { planId: plan.planId, version }
  })
}
