import { organisationChanged } from '@samkraft/contracts/identity'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { saveOrganisation } from '../db/organisations.ts'
import type { Schema } from '../db/schema.ts'

/** Keeps names and counties: who is shown, and which region coordinates. */
export const onOrganisationChanged = on(organisationChanged, (tx: Transaction<Schema>, { data }) =>
  saveOrganisation(tx, data),
)
