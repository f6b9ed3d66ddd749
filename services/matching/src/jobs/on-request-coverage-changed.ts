import { requestCoverageChanged } from '@samkraft/contracts/marketplace'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveRequestLeft } from '../db/requests.ts'
import type { Schema } from '../db/schema.ts'

/** Less, or more, of the request is still to be covered. */
export const onRequestCoverageChanged = on(
  requestCoverageChanged,
  async (tx: Transaction<Schema>, { data, requestId: changeId }) => {
    await saveRequestLeft(tx, data, changeId)
  },
)
