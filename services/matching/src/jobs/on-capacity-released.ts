import { capacityReleased } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveOfferLeft } from '../db/offers.ts'
import type { Schema } from '../db/schema.ts'
import { wakeMatching } from '../db/work.ts'

/** Hours are there for others again. */
export const onCapacityReleased = on(capacityReleased, async (tx: Transaction<Schema>, { data, requestId }) => {
  await saveOfferLeft(tx, data, requestId)
  wakeMatching(tx)
})
