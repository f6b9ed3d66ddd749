import { requestWithdrawn } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { closeCopy } from '../db/copies.ts'
import type { Schema } from '../db/schema.ts'

export const onRequestWithdrawn = on(requestWithdrawn, (tx: Transaction<Schema>, { data }) =>
  closeCopy(tx, 'request', data.requestId),
)
