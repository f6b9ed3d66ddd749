import { failpoint } from '@samkraft/db'
import type { Log } from '@samkraft/http'
import { isUnavailable } from '@samkraft/kernel'
import type { Services } from '../context.ts'
import { postpone, staleOffers } from '../db/stale.ts'
import { matchOffer } from './match-offer.ts'
import { type Matched, matchRequest } from './match-request.ts'

const offersAtATime = 50
const secondsAfterFailure = 60

/**
 * Works off all that is behind, one after another, and ends when nothing more is free to be taken. Any number of workers may
 * do so at once: nobody takes what another one holds. Returns how many requests and offers were matched.
 *
 * What fails for its own sake is let wait a minute and told to an operator, so that all others go on; a database that is away
 * is thrown, and everything is still behind when it is back.
 */
export async function matchStale(services: Services, log: Log, signal?: AbortSignal): Promise<number> {
  let done = 0
  for (;;) {
    const matched = (await matchStaleOffers(services, log, signal)) + (await matchStaleRequests(services, log, signal))
    done += matched
    if (matched === 0 || signal?.aborted) return done
  }
}

async function matchStaleOffers(services: Services, log: Log, signal?: AbortSignal): Promise<number> {
  let done = 0
  for (const offerId of await staleOffers(services.db, offersAtATime)) {
    if (signal?.aborted) break
    try {
      if (report(log, 'offer', await matchOffer(services, offerId))) done += 1
    } catch (error) {
      assertOwnFault(error)
      log.error({ err: error, offerId, alert: true }, 'an offer could not be matched; it waits')
      await postpone(services.db, 'offer', offerId, secondsAfterFailure)
    }
  }
  return done
}

async function matchStaleRequests(services: Services, log: Log, signal?: AbortSignal): Promise<number> {
  for (let done = 0; ; done += 1) {
    if (signal?.aborted) return done
    let taken = ''
    try {
      const matched = await matchRequest(services, (id) => (taken = id))
      if (!report(log, 'request', matched)) return done
    } catch (error) {
      assertOwnFault(error)
      if (!taken) throw error
      log.error({ err: error, taken, alert: true }, 'a request could not be matched; it waits')
      await postpone(services.db, 'request', taken, secondsAfterFailure)
    }
  }
}

function report(log: Log, subject: 'offer' | 'request', matched: Matched | null): boolean {
  if (!matched) return false
  failpoint('match.after-commit')
  log.info({ subject, id: matched.id, requestId: matched.changeId, written: matched.written }, 'matches computed')
  return true
}

function assertOwnFault(error: unknown): void {
  if (isUnavailable(error)) throw error
}
