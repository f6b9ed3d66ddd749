import { transact } from '@samkraft/db'
import type { Services } from '../context.ts'
import { requestsGoneBy, settleGoneBy } from '../db/gone-by.ts'
import { markStartedRequestsStale } from '../db/stale.ts'

/**
 * When a week has gone by, requests whose period has begun are matched again without it; one that asks for no week to come asks
 * for nothing. Harmless to repeat.
 */
export async function startNewWeek({ db }: Services): Promise<void> {
  for (const requestId of await requestsGoneBy(db)) await transact(db, (tx) => settleGoneBy(tx, requestId))
  await transact(db, markStartedRequestsStale)
}
