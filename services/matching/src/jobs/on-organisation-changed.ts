import { organisationChanged } from '@samkraft/contracts/identity'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveOrganisation } from '../db/organisations.ts'
import type { Schema } from '../db/schema.ts'
import { markStaleOfAndAt } from '../db/stale.ts'

/** Its position and its size count in matching; its name does not. */
export const onOrganisationChanged = on(
  organisationChanged,
  async (tx: Transaction<Schema>, { data, requestId: changeId }) => {
    if (!(await saveOrganisation(tx, data))) return
    await markStaleOfAndAt(tx, data.organisationId, changeId)
  },
)
