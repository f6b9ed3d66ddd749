import { requestPublished } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveRequest } from '../db/requests.ts'
import type { Schema } from '../db/schema.ts'

/** Also when it is open again after a pause. */
export const onRequestPublished = on(
  requestPublished,
  async (tx: Transaction<Schema>, { organisationId, occurredAt, data, requestId: changeId }) => {
    const copy = { requestId: data.requestId, organisationId, open: true, openedAt: new Date(occurredAt), facts: data }
    await saveRequest(tx, copy, changeId)
  },
)
