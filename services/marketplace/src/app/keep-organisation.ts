import type { OrganisationFacts } from '@samkraft/contracts/identity'
import type { Transaction } from 'kysely'
import { saveOrganisation } from '../db/organisations.ts'
import { renameOwner } from '../db/published.ts'
import type { Schema } from '../db/schema.ts'

/** Our own copy of an organisation follows identity's; what it has published shows its new name and county. */
export async function keepOrganisation(tx: Transaction<Schema>, facts: OrganisationFacts): Promise<void> {
  await saveOrganisation(tx, facts)
  const { organisationId: id, name, shortName, municipalityCode, countyCode } = facts
  const owner = { id, name, shortName, municipalityCode, countyCode }
  await renameOwner(tx, 'offer', owner)
  await renameOwner(tx, 'request', owner)
}
