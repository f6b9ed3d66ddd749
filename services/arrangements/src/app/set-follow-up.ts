import type { ArrangementReceipt, SetFollowUp } from '@samkraft/contracts/arrangements'
import { announce, recordAudit, runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { lockArrangement } from '../db/arrangements.ts'
import { saveFollowUp } from '../db/follow-ups.ts'
import { receiptOf } from './move-arrangement.ts'

const command = 'worklist.setFollowUp'

/** The coordinator's own reminder. It concerns nobody else, so neither the parties nor their logs hear of it. */
export function setFollowUp({ db, actor, requestId }: MemberContext, input: SetFollowUp): Promise<ArrangementReceipt> {
  const { arrangementId, commandKey, date, note } = input
  return runCommand(db, actor, { name: command, key: commandKey, input }, async (tx) => {
    const { organisationId, personId } = actor
    const { arrangement } = await lockArrangement(tx, arrangementId)
    if (arrangement.regionId !== organisationId) throw new DomainError('forbidden', 'arrangement.not_the_coordinator')
    const before = await saveFollowUp(tx, { arrangementId, organisationId, date, note })
    await recordAudit(tx, {
      organisationId,
      personId,
      requestId,
      command,
      subjectType: 'arrangement',
      subjectId: arrangementId,
      before,
      after: { date },
    })
    announce(tx, { organisations: [organisationId], noun: 'arrangement', id: arrangementId })
    return receiptOf(arrangement)
  })
}
