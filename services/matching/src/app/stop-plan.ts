import type { PlanReceipt, StopPlan } from '@samkraft/contracts/matching'
import { announce, recordAudit, runCommand } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { askToStop } from '../db/plan-work.ts'
import { openPlan } from './open-plan.ts'

const command = 'plan.stop'

/** Asks that a plan be cut short: what has been found by then is kept. One that is there already stays as it is. */
export function stopPlan({ db, actor, requestId }: MemberContext, input: StopPlan): Promise<PlanReceipt> {
  const { organisationId, personId } = actor
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    const { planId, version, state } = await openPlan(tx, input.planId)
    if (await askToStop(tx, planId))
      await recordAudit(tx, {
        organisationId,
        personId,
        requestId,
        command,
        subjectType: 'plan',
        subjectId: planId,
        before: { state },
        after: { state: 'stopped' },
      })
    announce(tx, { organisations: [organisationId], noun: 'plan', id: planId })
    return { planId, version }
  })
}
