import { offerWithdrawn } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { findOffer, saveOffer } from '../db/offers.ts'
import type { Schema } from '../db/schema.ts'

/** Withdrawn, paused or expired: it is closed, and its matches go. */
export const onOfferWithdrawn = on(offerWithdrawn, async (tx: Transaction<Schema>, { data, requestId }) => {
  const offer = await findOffer(tx, data.offerId)
  if (!offer) return
  await saveOffer(tx, { ...offer, open: false }, requestId)
})
