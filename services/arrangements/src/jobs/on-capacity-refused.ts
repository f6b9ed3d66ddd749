import type { ReasonView } from '@samkraft/contracts/arrangements'
import { capacityRefused } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { settleReservation } from '../app/settle-reservation.ts'
import type { Schema } from '../db/schema.ts'

/** The ledger said no: the parties get it back with the week and the figures. */
export const onCapacityRefused = on(capacityRefused, (tx: Transaction<Schema>, { organisationId, requestId, data }) => {
  const { arrangementId, reason, shortfall } = data
  const refusal: ReasonView = { code: `capacity_${reason}`, text: '', shortfall }
  return settleReservation(tx, { arrangementId, refusal }, { organisationId, requestId })
})
