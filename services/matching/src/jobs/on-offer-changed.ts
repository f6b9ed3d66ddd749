import { offerChanged } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { findOffer, saveOffer } from '../db/offers.ts'
import type { Schema } from '../db/schema.ts'

/** A paused offer may be changed, and stays closed. */
export const onOfferChanged = on(offerChanged, async (tx: Transaction<Schema>, { organisationId, data, requestId }) => {
  const open = (await findOffer(tx, data.offerId))?.open ?? true
  await saveOffer(tx, { offerId: data.offerId, organisationId, open, facts: data }, requestId)
})
