import { offerWithdrawn } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { closeCopy } from '../db/copies.ts'
import type { Schema } from '../db/schema.ts'

/** No new proposals; those under way meet the ledger's answer when they are approved. */
export const onOfferWithdrawn = on(offerWithdrawn, (tx: Transaction<Schema>, { data }) =>
  closeCopy(tx, 'offer', data.offerId),
)
