import { capacityReleased } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveLeft } from '../db/copies.ts'
import type { Schema } from '../db/schema.ts'

export const onCapacityReleased = on(capacityReleased, (tx: Transaction<Schema>, { data }) =>
  saveLeft(tx, 'offer', data.offerId, data.left),
)
