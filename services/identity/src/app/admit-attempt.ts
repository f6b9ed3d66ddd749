import { DomainError } from '@samkraft/kernel'
import type { OpenContext } from '../context.ts'
import { countAttempt, forgetAttempts, uncountAttempt } from '../db/attempts.ts'
import { accountFromPlaceLimit, accountLimit, placeLimit } from '../domain/sign-in-limit.ts'

/**
 * Asked before any password is looked at. Counts by where the call comes from, by the account's address (whether there is
 * such an account or not) from there, and by the account's address from everywhere: what an earlier limit turns away does
 * not count towards the next. Throws `forbidden session.too_many_attempts` with the seconds to wait.
 */
export async function admitAttempt(
  { db, address }: Pick<OpenContext, 'db' | 'address'>,
  email: string,
): Promise<{ succeeded(): Promise<void> }> {
  const place = placeLimit(address)
  const accounts = [accountFromPlaceLimit(email, address), accountLimit(email)]
  for (const limit of [place, ...accounts]) {
    const { attempts, secondsLeft } = await countAttempt(db, limit)
    if (attempts > limit.most)
      throw new DomainError('forbidden', 'session.too_many_attempts', { retryAfterSeconds: secondsLeft })
  }
  return {
    async succeeded() {
      await forgetAttempts(db, accounts)
      await uncountAttempt(db, place)
    },
  }
}
