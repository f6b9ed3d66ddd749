import { offerPublished } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveOffer } from '../db/copies.ts'
import type { Schema } from '../db/schema.ts'

export const onOfferPublished = on(offerPublished, (tx: Transaction<Schema>, { organisationId, data }) =>
  saveOffer(tx, organisationId, data, { opens: true }),
)
