import type { GetInvitation, InvitationView } from '@samkraft/contracts/identity'
import { DomainError } from '@samkraft/kernel'
import type { OpenContext } from '../context.ts'
import { asClaimant, asHolder } from '../db/access.ts'
import { findAccount } from '../db/accounts.ts'
import { findInvitation } from '../db/invitations.ts'
import { hashSecret } from '../domain/secret.ts'

/**
 * What the holder of an invitation's secret is invited to. Throws `not_found invitation.not_valid` when there is none,
 * or it has been accepted, withdrawn or outlived: all alike.
 */
export async function getInvitation({ db }: OpenContext, { secret }: GetInvitation): Promise<InvitationView> {
  const secretHash = hashSecret(secret)
  const invitation = await asHolder(db, secretHash, (tx) => findInvitation(tx, secretHash))
  if (!invitation || invitation.acceptedBy) throw new DomainError('not_found', 'invitation.not_valid')
  const { organisationName, email, title, roles, expiresAt, personId } = invitation
  const account = await asClaimant(db, email, (tx) => findAccount(tx, email))
  return {
    organisationName,
    email,
    title,
    roles: [...roles],
    expiresAt: expiresAt.toISOString(),
    hasAccount: account !== null,
    givesNewPassword: personId !== null,
  }
}
