import type { ChangedPassword, ChangePassword } from '@samkraft/contracts/identity'
import { runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { lockOwnPassword, saveOwnPassword } from '../db/accounts.ts'
import { removeOwnNewPasswords } from '../db/invitations.ts'
import { closeOtherSessions } from '../db/sessions.ts'
import { assertAcceptable, wordsOf } from '../domain/password.ts'
import { hashSecret, passwordFingerprint } from '../domain/secret.ts'
import { admitAttempt } from './admit-attempt.ts'
import { recordOfPerson } from './record-of-person.ts'

/**
 * Gives the person another password, in all organisations, ends their other sessions (ASVS 5.0.0 7.4.3) and takes back every
 * link to a new one.
 * Throws `invalid password.wrong | too_short | too_long | too_common`, `forbidden session.too_many_attempts`.
 */
export async function changePassword(ctx: MemberContext, input: ChangePassword): Promise<ChangedPassword> {
  const { db, actor, requestId, passwords, derivationKey } = ctx
  const { personId, organisationId } = actor
  // Guesses at the present password are counted by person: whoever has found a session open may not try for long.
  const attempt = await admitAttempt(ctx, personId)
  const call = {
    name: 'password.change',
    key: input.commandKey,
    input: {
      currentPassword: passwordFingerprint(derivationKey, input.currentPassword),
      newPassword: passwordFingerprint(derivationKey, input.newPassword),
      secret: hashSecret(input.secret).toString('base64'),
    },
  }
  const changed = await runCommand(db, actor, call, async (tx) => {
    // Inside the transaction, although hashing takes long: a repeat must find the command done before its password is wrong.
    const { passwordHash, email } = await lockOwnPassword(tx, personId)
    if (!(await passwords.verify(passwordHash, input.currentPassword)))
      throw new DomainError('invalid', 'password.wrong', { field: 'currentPassword' })
    assertAcceptable(input.newPassword, { field: 'newPassword', context: wordsOf(email) })
    await saveOwnPassword(tx, { personId, passwordHash: await passwords.hash(input.newPassword) })
    // Whoever holds a link to a new one may be somebody else: who has just chosen one does not need it.
    await removeOwnNewPasswords(tx, personId)
    await closeOtherSessions(tx, { personId, kept: hashSecret(input.secret) })
    await recordOfPerson(tx, { organisationId, personId, by: personId, requestId, command: call.name })
    return { personId }
  })
  await attempt.succeeded()
  return changed
}
