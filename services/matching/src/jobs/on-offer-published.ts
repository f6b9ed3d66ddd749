import { offerPublished } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveOffer } from '../db/offers.ts'
import type { Schema } from '../db/schema.ts'

/** Also when it is open again after a pause. */
export const onOfferPublished = on(
  offerPublished,
  async (tx: Transaction<Schema>, { organisationId, data, requestId }) => {
    await saveOffer(tx, { offerId: data.offerId, organisationId, open: true, facts: data }, requestId)
  },
)
