import type { GetOrganisation, OrganisationView } from '@samkraft/contracts/identity'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { findOrganisation } from '../db/organisations.ts'

/** Throws `not_found organisation.not_found`. */
export async function getOrganisation(
  { db }: MemberContext,
  { organisationId }: GetOrganisation,
): Promise<OrganisationView> {
  const organisation = await findOrganisation(db, organisationId)
  if (!organisation) throw new DomainError('not_found', 'organisation.not_found')
  return organisation
}
