import { recordAudit } from '@samkraft/db'
import type { SignOut } from '@samkraft/contracts/identity'
import type { OpenContext } from '../context.ts'
import { asHolder, continueAs } from '../db/access.ts'
import { closeSession } from '../db/sessions.ts'
import { hashSecret } from '../domain/secret.ts'

/** Ends the session: its secret opens nothing from now on. Signing out twice, or with a dead secret, is no error. */
export async function signOut({ db, requestId }: OpenContext, { secret }: SignOut): Promise<void> {
  await endSession(db, secret, requestId)
}

export function endSession(db: OpenContext['db'], secret: string, requestId: string): Promise<void> {
  const secretHash = hashSecret(secret)
  return asHolder(db, secretHash, async (tx) => {
    const closed = await closeSession(tx, secretHash)
    if (!closed) return
    await continueAs(tx, closed)
    await recordAudit(tx, {
      ...closed,
      requestId,
      command: 'session.signOut',
      subjectType: 'person',
      subjectId: closed.personId,
      before: null,
      after: null,
    })
  })
}
