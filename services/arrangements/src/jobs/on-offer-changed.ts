import { offerChanged } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveOffer } from '../db/copies.ts'
import type { Schema } from '../db/schema.ts'

/** A paused offer can be changed as well, and stays paused. */
export const onOfferChanged = on(offerChanged, (tx: Transaction<Schema>, { organisationId, data }) =>
  saveOffer(tx, organisationId, data, { opens: false }),
)
