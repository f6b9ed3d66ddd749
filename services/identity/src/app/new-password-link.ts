import { randomUUIDv7 } from 'node:crypto'
import type { Invited } from '@samkraft/contracts/identity'
import { announce } from '@samkraft/db'
import type { Transaction } from 'kysely'
import type { MemberContext } from '../context.ts'
import { addInvitation } from '../db/invitations.ts'
import { emailOf } from '../db/people.ts'
import type { Schema } from '../db/schema.ts'
import type { Membership } from '../domain/membership.ts'
import { hashSecret, invitationSecret } from '../domain/secret.ts'

type Keys = Pick<MemberContext, 'derivationKey'>

/** What may be kept of a link: its secret is derived again from its id. */
type Made = Omit<Invited, 'secret'>

/**
 * Adds the invitation with which a member chooses a new password, in place of an earlier one. The transaction acts for the
 * member's organisation.
 */
export async function addNewPasswordLink(
  tx: Transaction<Schema>,
  { derivationKey }: Keys,
  { organisationId, personId, title, roles }: Membership,
): Promise<Made> {
  const email = await emailOf(tx, personId)
  const id = randomUUIDv7()
  const secretHash = hashSecret(invitationSecret(derivationKey, id))
  const { expiresAt } = await addInvitation(tx, { id, organisationId, secretHash, email, title, roles, personId })
  announce(tx, { organisations: [organisationId], noun: 'invitation', id })
  return { invitationId: id, expiresAt: expiresAt.toISOString() }
}

/** The link as it is handed over; the same command again hands over the same one. */
export function withSecret({ derivationKey }: Keys, { invitationId, expiresAt }: Made): Invited {
  return { invitationId, secret: invitationSecret(derivationKey, invitationId), expiresAt }
}
