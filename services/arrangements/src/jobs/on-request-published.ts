import { requestPublished } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveRequest } from '../db/copies.ts'
import type { Schema } from '../db/schema.ts'

export const onRequestPublished = on(
  requestPublished,
  (tx: Transaction<Schema>, { organisationId, occurredAt, data }) =>
    saveRequest(tx, organisationId, data, { opens: true, at: occurredAt }),
)
