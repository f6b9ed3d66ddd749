import type { OrganisationFacts } from '@samkraft/contracts/identity'
import type { Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** Our own copy of an organisation: made, or replaced. */
export async function saveOrganisation(tx: Transaction<Schema>, facts: OrganisationFacts): Promise<void> {
  const columns = {
    kind: facts.kind,
    name: facts.name,
    short_name: facts.shortName,
    municipality_code: facts.municipalityCode,
    county_code: facts.countyCode,
    population: facts.population,
    skr_group: facts.skrGroup,
    latitude: facts.latitude,
    longitude: facts.longitude,
  }
  await tx
    .insertInto('organisation')
    .values({ id: facts.organisationId, ...columns })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute()
}
