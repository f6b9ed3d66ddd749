import { randomUUIDv7 } from 'node:crypto'
import type { AcceptedInvitation, AcceptInvitation } from '@samkraft/contracts/identity'
import { announce, runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { OpenContext } from '../context.ts'
import { asClaimant, asHolder } from '../db/access.ts'
import { type Account, addAccount, findAccount } from '../db/accounts.ts'
import { findInvitation, type Invitation, takeInvitation } from '../db/invitations.ts'
import { addMembership } from '../db/people.ts'
import { assertAcceptable, wordsOf } from '../domain/password.ts'
import { hashSecret, passwordFingerprint } from '../domain/secret.ts'
import { admitAttempt } from './admit-attempt.ts'
import { recordOfPerson } from './record-of-person.ts'

/**
 * Makes the holder of an invitation a member, once. A new address gets an account with the password given. An address that
 * has an account must show its password: otherwise an administrator could invite somebody else's colleague and, holding
 * the link, choose a password for them.
 * Throws `not_found invitation.not_valid`, `invalid password.too_short | too_long | too_common | wrong`,
 * `conflict person.already_member | invitation.account_made_meanwhile`, `forbidden session.too_many_attempts`.
 */
export async function acceptInvitation(ctx: OpenContext, input: AcceptInvitation): Promise<AcceptedInvitation> {
  const { db, requestId, derivationKey } = ctx
  const secretHash = hashSecret(input.secret)
  const invitation = await asHolder(db, secretHash, (tx) => findInvitation(tx, secretHash))
  if (!invitation || invitation.personId) throw new DomainError('not_found', 'invitation.not_valid')
  const account = await prove(ctx, invitation, input.password)

  const { id, organisationId, title, roles } = invitation
  const { personId } = account
  const call = {
    name: 'invitation.accept',
    key: input.commandKey,
    input: { id, password: passwordFingerprint(derivationKey, input.password) },
  }
  return runCommand(db, { personId, organisationId, roles: [] }, call, async (tx) => {
    const known = !account.isNew || (await addAccount(tx, { ...account, email: invitation.email }))
    // Two invitations of one new address, accepted at once: the second must show the password the first has set.
    if (!known) throw new DomainError('conflict', 'invitation.account_made_meanwhile')
    const taken = await takeInvitation(tx, { id, personId })
    if (!taken) throw new DomainError('not_found', 'invitation.not_valid')
    await addMembership(tx, { organisationId, personId, title, roles })
    await recordOfPerson(tx, {
      organisationId,
      personId,
      by: personId,
      requestId,
      command: call.name,
      after: { roles },
    })
    announce(tx, { organisations: [organisationId], noun: 'person', id: personId })
    return { organisationId, personId }
  })
}

/** The account the invitation is accepted with: the one there is, or a new one. Hashing happens outside the transaction. */
async function prove(
  ctx: OpenContext,
  { email, organisationName }: Invitation,
  password: string,
): Promise<Account & { isNew: boolean }> {
  const { db, passwords } = ctx
  const account = await asClaimant(db, email, (tx) => findAccount(tx, email))
  if (!account) {
    assertAcceptable(password, { field: 'password', context: [...wordsOf(email), organisationName] })
    return { personId: randomUUIDv7(), passwordHash: await passwords.hash(password), isNew: true }
  }
  const attempt = await admitAttempt(ctx, email)
  if (!(await passwords.verify(account.passwordHash, password)))
    throw new DomainError('invalid', 'password.wrong', { field: 'password' })
  await attempt.succeeded()
  return { ...account, isNew: false }
}
