import { organisationChanged } from '@samkraft/contracts/identity'
import { on } from '@samkraft/jobs'
import { keepOrganisation } from '../app/keep-organisation.ts'
import type { Schema } from '../db/schema.ts'

export const onOrganisationChanged = () =>
  on<Schema, typeof organisationChanged.type, typeof organisationChanged.data>(organisationChanged, (tx, { data }) =>
    keepOrganisation(tx, data),
  )
