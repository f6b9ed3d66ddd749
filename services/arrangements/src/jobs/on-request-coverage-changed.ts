import { requestCoverageChanged } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveLeft } from '../db/copies.ts'
import type { Schema } from '../db/schema.ts'

export const onRequestCoverageChanged = on(requestCoverageChanged, (tx: Transaction<Schema>, { data }) =>
  saveLeft(tx, 'request', data.requestId, data.left),
)
