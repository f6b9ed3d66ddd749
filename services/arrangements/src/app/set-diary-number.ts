import type { ArrangementReceipt, SetDiaryNumber } from '@samkraft/contracts/arrangements'
import { runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { lockArrangement } from '../db/arrangements.ts'
import { findParty, saveDiaryNumber } from '../db/parties.ts'
import { receiptOf } from './move-arrangement.ts'
import { tell } from './save-change.ts'

const command = 'arrangement.setDiaryNumber'

/**
 * The registrar notes the case's number in the own authority's register. Each party is an authority of its own; the region
 * has the arrangement's reference. Throws `not_found arrangement.not_found`, `forbidden arrangement.not_a_party`,
 * and `conflict diary_number.changed` with what it is now, when another of them has set it since.
 */
export function setDiaryNumber(
  { db, actor, requestId }: MemberContext,
  input: SetDiaryNumber,
): Promise<ArrangementReceipt> {
  const { arrangementId, commandKey, version, diaryNumber } = input
  return runCommand(db, actor, { name: command, key: commandKey, input }, async (tx) => {
    const { arrangement } = await lockArrangement(tx, arrangementId)
    const { organisationId, personId } = actor
    const party = await findParty(tx, { arrangementId, organisationId })
    if (!party) throw new DomainError('forbidden', 'arrangement.not_a_party')
    const { side, diary_number: before, diary_version: now } = party
    if (now !== version) throw new DomainError('conflict', 'diary_number.changed', { version: now, changed: before })
    await saveDiaryNumber(tx, { arrangementId, organisationId, diaryNumber, version: version + 1 })
    const by = { side, role: 'registrar' as const, organisationId, personId }
    const { reference } = arrangement
    const log = { before: { reference, diaryNumber: before }, after: { reference, diaryNumber } }
    await tell(tx, { by, organisationId, requestId, command }, arrangement, [], log)
    return receiptOf(arrangement)
  })
}
