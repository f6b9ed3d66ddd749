import { DomainError } from '@samkraft/kernel'
import type { OpenContext } from '../context.ts'
import { countAttempt, forgetAttempts, uncountAttempt } from '../db/attempts.ts'
import { accountFromPlaceLimit, accountLimit, type Limit, placeLimit } from '../domain/sign-in-limit.ts'

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
  const accounts = accountLimits(email, address)
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

/** Forgets the guesses at an account whose person has proven who they are without its password. */
export function forgetAttemptsAt({ db, address }: Pick<OpenContext, 'db' | 'address'>, email: string): Promise<void> {
  return forgetAttempts(db, accountLimits(email, address))
}

function accountLimits(email: string, address: string): Limit[] {
  return [accountFromPlaceLimit(email, address), accountLimit(email)]
}
