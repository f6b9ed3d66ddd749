import { capacityReserved } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { settleReservation } from '../app/settle-reservation.ts'
import { saveLeft } from '../db/copies.ts'
import type { Schema } from '../db/schema.ts'

/** The hours are held: the arrangement is approved, and our copy of the offer has less left. */
export const onCapacityReserved = on(
  capacityReserved,
  async (tx: Transaction<Schema>, { organisationId, requestId, data }) => {
    const { offerId, arrangementId, left } = data
    await saveLeft(tx, 'offer', offerId, left)
    await settleReservation(tx, { arrangementId, refusal: null }, { organisationId, requestId })
  },
)
