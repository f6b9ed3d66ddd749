import { type Role, roles } from '@samkraft/kernel'
import type { organisationKinds } from './events.ts'

type OrganisationKind = (typeof organisationKinds)[number]

/** Roles that only one kind of organisation can give (the region coordinates, SKR supports the process). */
const reserved: Readonly<Partial<Record<Role, OrganisationKind>>> = {
  coordinator: 'region',
  process_support: 'national_association',
}

/** The roles a member of such an organisation may have. */
export function rolesIn(kind: OrganisationKind): Role[] {
  return roles.filter((role) => (reserved[role] ?? kind) === kind)
}
