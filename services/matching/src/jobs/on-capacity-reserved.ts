import { capacityReserved } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveOfferLeft } from '../db/offers.ts'
import type { Schema } from '../db/schema.ts'

/** Fewer hours are left for others. */
export const onCapacityReserved = on(capacityReserved, (tx: Transaction<Schema>, { data, requestId }) =>
  saveOfferLeft(tx, data, requestId),
)
