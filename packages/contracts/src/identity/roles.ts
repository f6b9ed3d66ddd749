import { type Role, roles } from '@samkraft/kernel'
import type { OrganisationKind } from './events.ts'

/** Roles that only one kind of organisation can give (the region coordinates, SKR supports the process). */
const reserved: Readonly<Partial<Record<Role, OrganisationKind>>> = {
  coordinator: 'region',
  process_support: 'national_association',
}

/** The roles a member of such an organisation may have. */
export function rolesIn(kind: OrganisationKind): Role[] {
  return roles.filter((role) => (reserved[role] ?? kind) === kind)
}

type Place = Readonly<{ kind: OrganisationKind; countyCode: string | null }>

/** Whether one organisation is the region that coordinates the county of another, a municipality. */
export function coordinates(one: Place, other: Place): boolean {
  return (
    one.kind === 'region' &&
    other.kind === 'municipality' &&
    one.countyCode !== null &&
    one.countyCode === other.countyCode
  )
}
