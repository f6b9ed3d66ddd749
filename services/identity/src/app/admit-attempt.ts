import { DomainError } from '@samkraft/kernel'
import type { OpenContext } from '../context.ts'
import { countAttempt, forgetAttempts, isKnownPlace, uncountAttempt } from '../db/attempts.ts'
import { accountFromPlaceLimit, accountLimit, knownPlace, placeLimit } from '../domain/sign-in-limit.ts'

/**
 * Asked before any password is looked at. Counts by where the call comes from, by the account's address (whether there is
 * such an account or not) from there, and, unless its person has signed in from there lately, by the account's address from
 * everywhere: what an earlier limit turns away does not count towards the next. Throws `forbidden session.too_many_attempts`
 * with the seconds to wait.
 */
export async function admitAttempt(
  { db, address, derivationKey }: Pick<OpenContext, 'db' | 'address' | 'derivationKey'>,
  email: string,
): Promise<{ succeeded(): Promise<void> }> {
  const [place, here, everywhere] = [placeLimit(address), accountFromPlaceLimit(email, address), accountLimit(email)]
  const isKnown = await isKnownPlace(db, knownPlace(derivationKey, email, address))
  const limits = isKnown ? [place, here] : [place, here, everywhere]
  for (const limit of limits) {
    const { attempts, secondsLeft } = await countAttempt(db, limit)
    if (attempts > limit.most)
      throw new DomainError('forbidden', 'session.too_many_attempts', { retryAfterSeconds: secondsLeft })
  }
  return {
    async succeeded() {
      await forgetAttempts(db, [here, everywhere])
      await uncountAttempt(db, place)
    },
  }
}

/** Forgets the guesses at an account whose person has proven who they are without its password. */
export function forgetAttemptsAt({ db, address }: Pick<OpenContext, 'db' | 'address'>, email: string): Promise<void> {
  return forgetAttempts(db, [accountFromPlaceLimit(email, address), accountLimit(email)])
}
