import { requestChanged } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveRequest } from '../db/copies.ts'
import type { Schema } from '../db/schema.ts'

/** A paused request can be changed as well, and stays paused. */
export const onRequestChanged = on(requestChanged, (tx: Transaction<Schema>, { organisationId, occurredAt, data }) =>
  saveRequest(tx, organisationId, data, { opens: false, at: occurredAt }),
)
