import { capacityReleased } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveOfferLeft } from '../db/offers.ts'
import type { Schema } from '../db/schema.ts'

/** Hours are there for others again. */
export const onCapacityReleased = on(capacityReleased, (tx: Transaction<Schema>, { data, requestId }) =>
  saveOfferLeft(tx, data, requestId),
)
