import { DomainError } from '@samkraft/kernel'
import type { OpenContext } from '../context.ts'
import { countAttempt, forgetAttempts, uncountAttempt } from '../db/attempts.ts'
import { accountLimit, addressLimit } from '../domain/sign-in-limit.ts'

/**
 * Asked before any password is looked at. Counts by address of the account, whether it exists or not, and by where the
 * call comes from. Throws `forbidden session.too_many_attempts` with the seconds to wait.
 */
export async function admitAttempt(
  { db, address }: Pick<OpenContext, 'db' | 'address'>,
  email: string,
): Promise<{ succeeded(): Promise<void> }> {
  const account = accountLimit(email)
  const place = addressLimit(address)
  for (const limit of [place, account]) {
    const { attempts, secondsLeft } = await countAttempt(db, limit)
    if (attempts > limit.most)
      throw new DomainError('forbidden', 'session.too_many_attempts', { retryAfterSeconds: secondsLeft })
  }
  return {
    async succeeded() {
      await forgetAttempts(db, account)
      await uncountAttempt(db, place)
    },
  }
}
