import { capacityReserved } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveOfferLeft } from '../db/offers.ts'
import type { Schema } from '../db/schema.ts'
import { wakeMatching } from '../db/work.ts'

/** Fewer hours are left for others. */
export const onCapacityReserved = on(capacityReserved, async (tx: Transaction<Schema>, { data, requestId }) => {
  await saveOfferLeft(tx, data, requestId)
  wakeMatching(tx)
})
