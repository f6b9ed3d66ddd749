import type { WithdrawInvitation, WithdrawnInvitation } from '@samkraft/contracts/identity'
import { announce, recordAudit, runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { removeInvitation } from '../db/invitations.ts'
import { holdAdministrator } from '../db/people.ts'

/**
 * Makes a link that was handed out useless. Throws `not_found invitation.not_found`, also when it has been accepted,
 * `forbidden person.no_administrator`.
 */
export function withdrawInvitation(
  { db, actor, requestId }: MemberContext,
  input: WithdrawInvitation,
): Promise<WithdrawnInvitation> {
  const call = { name: 'invitation.withdraw', key: input.commandKey, input }
  return runCommand(db, actor, call, async (tx) => {
    const { organisationId, personId } = actor
    const { invitationId } = input
    const removed = await removeInvitation(tx, organisationId, invitationId)
    if (!removed) throw new DomainError('not_found', 'invitation.not_found')
    // After that, since another organisation's is not found by anybody.
    await holdAdministrator(tx, actor)
    await recordAudit(tx, {
      organisationId,
      personId,
      requestId,
      command: call.name,
      ...(removed.personId === null
        ? { subjectType: 'invitation', subjectId: invitationId }
        : { subjectType: 'person', subjectId: removed.personId }),
      before: null,
      after: null,
    })
    announce(tx, { organisations: [organisationId], noun: 'invitation', id: invitationId })
    return { invitationId }
  })
}
