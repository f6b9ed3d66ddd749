import { recordAudit, runCommand } from '@samkraft/db'
import type { SwitchedOrganisation, SwitchOrganisation } from '@samkraft/contracts/identity'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { openMemberships } from '../db/people.ts'
import { moveSession } from '../db/sessions.ts'
import { hashSecret } from '../domain/secret.ts'

/**
 * Lets the person's session act for another organisation they belong to. Throws `not_found organisation.not_found` when
 * they do not (any more), `unauthenticated session.ended` when the session is not theirs or has ended.
 */
export function switchOrganisation(
  { db, actor, requestId }: MemberContext,
  input: SwitchOrganisation,
): Promise<SwitchedOrganisation> {
  const call = { name: 'session.switchOrganisation', key: input.commandKey, input }
  return runCommand(db, actor, call, async (tx) => {
    const { personId } = actor
    const { organisationId } = input
    const memberships = await openMemberships(tx, personId)
    if (!memberships.some((membership) => membership.organisationId === organisationId))
      throw new DomainError('not_found', 'organisation.not_found')
    const moved = await moveSession(tx, { secretHash: hashSecret(input.secret), personId, organisationId })
    if (!moved) throw new DomainError('unauthenticated', 'session.ended')
    await recordAudit(tx, {
      organisationId: actor.organisationId,
      personId,
      requestId,
      command: call.name,
      subjectType: 'person',
      subjectId: personId,
      before: { organisationId: actor.organisationId },
      after: { organisationId },
    })
    return { organisationId }
  })
}
