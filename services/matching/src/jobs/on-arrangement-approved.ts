import { arrangementApproved } from '@samkraft/contracts/arrangements'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { approvePairs, savePairs } from '../db/arrangement-pairs.ts'
import { saveShares } from '../db/arrangement-shares.ts'
import type { Schema } from '../db/schema.ts'
import { markOpenStale } from '../db/stale.ts'

/** Hours given and taken: what the parties' open requests are worth for give and take is counted again. */
export const onArrangementApproved = on(
  arrangementApproved,
  async (tx: Transaction<Schema>, { data, requestId: changeId }) => {
    await savePairs(tx, data)
    await approvePairs(tx, data.arrangementId)
    const parties = await saveShares(tx, data)
    await markOpenStale(tx, parties, changeId)
  },
)
