import type { ChangedPassword, RenewPassword } from '@samkraft/contracts/identity'
import { announce, runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { OpenContext } from '../context.ts'
import { asHolder } from '../db/access.ts'
import { saveOwnPassword } from '../db/accounts.ts'
import { findInvitation, takeInvitation } from '../db/invitations.ts'
import { isMemberElsewhere } from '../db/people.ts'
import { closeSessionsOf } from '../db/sessions.ts'
import { assertAcceptable, wordsOf } from '../domain/password.ts'
import { hashSecret, passwordFingerprint } from '../domain/secret.ts'
import { forgetAttemptsAt } from './admit-attempt.ts'
import { recordOfPerson } from './record-of-person.ts'

/**
 * Gives the holder of an invitation to it a new password, once, and ends all the person's sessions. Who has become a member
 * of a second organisation meanwhile is refused, unless the operator made it: its door is not the first one's to open.
 * Throws `not_found invitation.not_valid`, `invalid password.too_short | too_long | too_common`, `conflict person.member_elsewhere`.
 */
export async function renewPassword(ctx: OpenContext, input: RenewPassword): Promise<ChangedPassword> {
  const { db, requestId, passwords, derivationKey } = ctx
  const secretHash = hashSecret(input.secret)
  const invitation = await asHolder(db, secretHash, (tx) => findInvitation(tx, secretHash))
  if (!invitation?.personId) throw new DomainError('not_found', 'invitation.not_valid')
  const { id, organisationId, organisationName, personId, email, byOperator } = invitation
  assertAcceptable(input.password, { field: 'password', context: [...wordsOf(email), organisationName] })
  const passwordHash = await passwords.hash(input.password)

  const call = {
    name: 'password.renew',
    key: input.commandKey,
    input: { id, password: passwordFingerprint(derivationKey, input.password) },
  }
  const renewed = await runCommand(db, { personId, organisationId, roles: [] }, call, async (tx) => {
    const taken = await takeInvitation(tx, { id, personId })
    if (!taken) throw new DomainError('not_found', 'invitation.not_valid')
    if (!byOperator && (await isMemberElsewhere(tx, { organisationId, personId })))
      throw new DomainError('conflict', 'person.member_elsewhere')
    await saveOwnPassword(tx, { personId, passwordHash })
    await closeSessionsOf(tx, personId)
    await recordOfPerson(tx, { organisationId, personId, by: personId, requestId, command: call.name })
    announce(tx, { organisations: [organisationId], noun: 'invitation', id })
    return { personId }
  })
  // Who forgot it has often tried: the new one works at once.
  await forgetAttemptsAt(ctx, email)
  return renewed
}
