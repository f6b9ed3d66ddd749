import { recordAudit } from '@samkraft/db'
import type { SignedIn, SignIn } from '@samkraft/contracts/identity'
import { DomainError } from '@samkraft/kernel'
import type { OpenContext } from '../context.ts'
import { asClaimant, asPerson, continueAs } from '../db/access.ts'
import { type Account, findAccount, holdOwnPassword } from '../db/accounts.ts'
import { rememberPlace } from '../db/attempts.ts'
import { openMemberships } from '../db/people.ts'
import { openSession } from '../db/sessions.ts'
import { demoPassword } from '../domain/demo-accounts.ts'
import { hashSecret, newSecret } from '../domain/secret.ts'
import { knownPlace } from '../domain/sign-in-limit.ts'
import { admitAttempt } from './admit-attempt.ts'
import { endSession } from './sign-out.ts'

/**
 * Opens a session with a new secret. An unknown address, a wrong password and an account that is disabled everywhere are
 * refused alike (`unauthenticated session.sign_in_refused`) and after the same work, so that nobody learns who has an account.
 */
export async function signIn(ctx: OpenContext, { email, password, replaces }: SignIn): Promise<SignedIn> {
  const { db, passwords, requestId, demo, address, derivationKey } = ctx
  const attempt = await admitAttempt(ctx, email)
  const account = await asClaimant(db, email, (tx) => findAccount(tx, email))
  const right = await passwords.verify(account?.passwordHash ?? passwords.decoy, password)
  // A market that began as a demonstration must not keep doors that everyone has the key to.
  const allowed = right && (demo || password !== demoPassword)
  const opened = account && allowed ? await openFor(ctx, account) : null
  if (!opened) throw new DomainError('unauthenticated', 'session.sign_in_refused')
  await attempt.succeeded()
  await rememberPlace(db, knownPlace(derivationKey, email, address))
  if (replaces) await endSession(db, replaces, requestId)
  return opened
}

/**
 * Null when the person may act for no organisation, or has another password by now. Starts in the one they have belonged to the
 * longest. A new password ends all sessions, so none is opened beside it with the old one.
 */
function openFor({ db, requestId }: OpenContext, account: Account): Promise<SignedIn | null> {
  const { personId } = account
  return asPerson(db, personId, async (tx) => {
    if (!(await holdOwnPassword(tx, account))) return null
    const [membership] = await openMemberships(tx, personId)
    if (!membership) return null
    const { organisationId } = membership
    await continueAs(tx, { personId, organisationId })
    const secret = newSecret()
    const { endsAt } = await openSession(tx, { secretHash: hashSecret(secret), personId, organisationId })
    await recordAudit(tx, {
      organisationId,
      personId,
      requestId,
      command: 'session.signIn',
      subjectType: 'person',
      subjectId: personId,
      before: null,
      after: null,
    })
    return { secret, endsAt: endsAt.toISOString() }
  })
}
