import { requestWithdrawn } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { findRequest, saveRequest } from '../db/requests.ts'
import type { Schema } from '../db/schema.ts'

/** Withdrawn, paused or expired: it is closed, and its matches go. */
export const onRequestWithdrawn = on(
  requestWithdrawn,
  async (tx: Transaction<Schema>, { data, requestId: changeId }) => {
    const request = await findRequest(tx, data.requestId)
    if (!request) return
    await saveRequest(tx, { ...request, open: false }, changeId)
  },
)
