import type { ArrangementReceipt, SetFollowUp } from '@samkraft/contracts/arrangements'
import { announce, recordAudit, runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { lockArrangement } from '../db/arrangements.ts'
import { followUpQuery, noFollowUp, saveFollowUp } from '../db/follow-ups.ts'
import { receiptOf } from './move-arrangement.ts'

const command = 'worklist.setFollowUp'

/**
 * The coordinators' own reminder. It concerns nobody else, so neither the parties nor their logs hear of it.
 * Throws `conflict follow_up.changed` with what it is now, when another of them has set it since.
 */
export function setFollowUp({ db, actor, requestId }: MemberContext, input: SetFollowUp): Promise<ArrangementReceipt> {
  const { arrangementId, commandKey, version, date, note } = input
  return runCommand(db, actor, { name: command, key: commandKey, input }, async (tx) => {
    const { organisationId, personId } = actor
    const { arrangement } = await lockArrangement(tx, arrangementId)
    if (arrangement.regionId !== organisationId) throw new DomainError('forbidden', 'arrangement.not_the_coordinator')
    const before = (await followUpQuery(tx, arrangementId).executeTakeFirst()) ?? noFollowUp
    if (before.version !== version) {
      const changed = { date: before.date, note: before.note }
      throw new DomainError('conflict', 'follow_up.changed', { version: before.version, changed })
    }
    await saveFollowUp(tx, { arrangementId, organisationId, date, note, version: version + 1 })
    await recordAudit(tx, {
      organisationId,
      personId,
      requestId,
      command,
      subjectType: 'arrangement',
      subjectId: arrangementId,
      before: version === 0 ? null : { date: before.date },
      after: { date },
    })
    announce(tx, { organisations: [organisationId], noun: 'arrangement', id: arrangementId })
    return receiptOf(arrangement)
  })
}
