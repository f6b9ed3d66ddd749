import { transact } from '@samkraft/db'
import type { Services } from '../context.ts'
import { markStartedRequestsStale } from '../db/stale.ts'

/** When a week has gone by, requests whose period has begun are matched again without it. Harmless to repeat. */
export function startNewWeek({ db }: Services): Promise<void> {
  return transact(db, markStartedRequestsStale)
}
