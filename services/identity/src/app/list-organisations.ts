import type { ListOrganisations, OrganisationPage } from '@samkraft/contracts/identity'
import type { MemberContext } from '../context.ts'
import { listOrganisations as readOrganisations } from '../db/organisations.ts'

/** Organisations in Swedish order of name; public facts, the same for everyone. */
export function listOrganisations({ db }: MemberContext, input: ListOrganisations): Promise<OrganisationPage> {
  return readOrganisations(db, input)
}
