import { arrangementEnded } from '@samkraft/contracts/arrangements'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { endShares } from '../db/arrangement-shares.ts'
import { markStale } from '../db/organisations.ts'
import type { Schema } from '../db/schema.ts'
import { wakeMatching } from '../db/work.ts'

/** Hours after the last day were neither given nor taken. */
export const onArrangementEnded = on(
  arrangementEnded,
  async (tx: Transaction<Schema>, { data, requestId: changeId }) => {
    const parties = await endShares(tx, data.arrangementId, data.lastDay)
    await markStale(tx, parties, { offers: false, changeId })
    wakeMatching(tx)
  },
)
