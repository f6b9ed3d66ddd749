import { recordAudit, runCommand } from '@samkraft/db'
import type { SwitchedOrganisation, SwitchOrganisation } from '@samkraft/contracts/identity'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { continueAs } from '../db/access.ts'
import { openMemberships } from '../db/people.ts'
import { moveSession } from '../db/sessions.ts'
import { hashSecret } from '../domain/secret.ts'

/**
 * Lets the person's session act for another organisation they belong to; each of the two reads of it in its log, and of
 * itself only. Throws `not_found organisation.not_found` when they do not (any more), `unauthenticated session.ended` when the
 * session is not theirs or has ended.
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
    const entry = { personId, requestId, command: call.name, subjectType: 'person', subjectId: personId }
    const [from, to] = [{ organisationId: actor.organisationId }, { organisationId }]
    // Where else somebody is a member is not for either to know.
    const told =
      from.organisationId === to.organisationId
        ? [{ ...from, before: from, after: to }]
        : [
            { ...from, before: from, after: null },
            { ...to, before: null, after: to },
          ]
    // In one order for all, so that two who change places do not wait for each other.
    for (const log of told.sort((a, b) => (a.organisationId < b.organisationId ? -1 : 1))) {
      await continueAs(tx, { personId, organisationId: log.organisationId })
      await recordAudit(tx, { ...entry, ...log })
    }
    // The result is kept with the command, which was given where the person came from.
    await continueAs(tx, actor)
    return { organisationId }
  })
}
