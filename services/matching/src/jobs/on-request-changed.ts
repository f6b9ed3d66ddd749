import { requestChanged } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { findRequest, saveRequest } from '../db/requests.ts'
import type { Schema } from '../db/schema.ts'

/** A paused request may be changed, and stays closed. */
export const onRequestChanged = on(
  requestChanged,
  async (tx: Transaction<Schema>, { organisationId, occurredAt, data, requestId: changeId }) => {
    const { requestId } = data
    const before = await findRequest(tx, requestId)
    const { open, openedAt } = before ?? { open: true, openedAt: new Date(occurredAt) }
    await saveRequest(tx, { requestId, organisationId, open, openedAt, facts: data }, changeId)
  },
)
