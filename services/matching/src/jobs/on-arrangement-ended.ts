import { arrangementEndDecided, arrangementEnded, type ArrangementFacts } from '@samkraft/contracts/arrangements'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { closePairs } from '../db/arrangement-pairs.ts'
import { endShares } from '../db/arrangement-shares.ts'
import type { Schema } from '../db/schema.ts'
import { markOpenStale } from '../db/stale.ts'

type Ending = Readonly<{ data: ArrangementFacts & { lastDay: string }; requestId: string }>

/** Hours after the last day are neither given nor taken: that is known when it has been decided, at the latest when it has ended. */
async function countUntilLastDay(tx: Transaction<Schema>, { data, requestId: changeId }: Ending): Promise<void> {
  const parties = await endShares(tx, data.arrangementId, data.lastDay)
  await markOpenStale(tx, parties, changeId)
}

export const onArrangementEndDecided = on(arrangementEndDecided, countUntilLastDay)
export const onArrangementEnded = on(arrangementEnded, async (tx: Transaction<Schema>, ending) => {
  await countUntilLastDay(tx, ending)
  await closePairs(tx, ending.data.arrangementId)
})
