import { randomUUIDv7 } from 'node:crypto'
import type { Invited, InvitePerson } from '@samkraft/contracts/identity'
import { announce, recordAudit, runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { addInvitation } from '../db/invitations.ts'
import { findOrganisation } from '../db/organisations.ts'
import { isMember } from '../db/people.ts'
import { assertRolesFit } from '../domain/membership.ts'
import { hashSecret, invitationSecret } from '../domain/secret.ts'

/**
 * Makes an invitation and returns its secret, once, for the link the administrator hands over. An earlier invitation of
 * the same address stops working. Whether the address has an account elsewhere makes no difference and is not told.
 * Throws `conflict person.already_member`, `invalid person.role_not_here`.
 */
export async function invitePerson(
  { db, actor, requestId, derivationKey }: MemberContext,
  input: InvitePerson,
): Promise<Invited> {
  const { organisationId, personId } = actor
  const { commandKey, email, title, roles } = input
  // The secret is not part of the kept result: it is derived again from the id, and stored nowhere.
  const { invitationId, expiresAt } = await runCommand(
    db,
    actor,
    { name: 'person.invite', key: commandKey, input },
    async (tx) => {
      const organisation = await findOrganisation(tx, organisationId)
      if (!organisation) throw new DomainError('not_found', 'organisation.not_found')
      assertRolesFit(roles, organisation.kind)
      if (await isMember(tx, organisationId, email))
        throw new DomainError('conflict', 'person.already_member', { field: 'email' })

      const id = randomUUIDv7()
      const secretHash = hashSecret(invitationSecret(derivationKey, id))
      const { expiresAt } = await addInvitation(tx, {
        id,
        organisationId,
        secretHash,
        email,
        title,
        roles,
        personId: null,
      })
      await recordAudit(tx, {
        organisationId,
        personId,
        requestId,
        command: 'person.invite',
        subjectType: 'invitation',
        subjectId: id,
        before: null,
        after: { roles },
      })
      announce(tx, { organisations: [organisationId], noun: 'invitation', id })
      return { invitationId: id, expiresAt: expiresAt.toISOString() }
    },
  )
  return { invitationId, secret: invitationSecret(derivationKey, invitationId), expiresAt }
}
