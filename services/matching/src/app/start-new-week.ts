import { transact } from '@samkraft/db'
import type { Services } from '../context.ts'
import { markStartedRequestsStale, wakeMatching } from '../db/work.ts'

/** When a week has gone by, requests whose period has begun are matched again without it. Harmless to repeat. */
export function startNewWeek({ db }: Services): Promise<void> {
  return transact(db, async (tx) => {
    if ((await markStartedRequestsStale(tx)) > 0) wakeMatching(tx)
  })
}
