import { type OrganisationKind, rolesIn } from '@samkraft/contracts/identity'
import { DomainError, type Role } from '@samkraft/kernel'

/** What a person is in one organisation. The title stands where others would show a name. */
export type Membership = Readonly<{
  organisationId: string
  personId: string
  title: string
  roles: readonly Role[]
  disabled: boolean
  version: number
}>

/** Throws `invalid person.role_not_here` when a role belongs to another kind of organisation. */
export function assertRolesFit(roles: readonly Role[], kind: OrganisationKind): void {
  const fitting = rolesIn(kind)
  const misplaced = roles.filter((role) => !fitting.includes(role))
  if (misplaced.length > 0)
    throw new DomainError('invalid', 'person.role_not_here', { field: 'roles', roles: misplaced })
}

/** What must be known of the others before one member is changed. */
type Others = Readonly<{ otherAdministrators: number }>

export function changeTitle(membership: Membership, title: string): Membership {
  return { ...membership, title, version: membership.version + 1 }
}

/** Throws `conflict person.last_administrator`: an organisation nobody can administer could never be opened again. */
export function changeRoles(
  membership: Membership,
  roles: readonly Role[],
  { kind, otherAdministrators }: Others & { kind: OrganisationKind },
): Membership {
  assertRolesFit(roles, kind)
  const demoted = isAdministrator(membership) && !roles.includes('administrator')
  if (demoted && otherAdministrators === 0) throw new DomainError('conflict', 'person.last_administrator')
  return { ...membership, roles, version: membership.version + 1 }
}

/** Throws `conflict person.last_administrator | person.already_disabled`. */
export function disable(membership: Membership, { otherAdministrators }: Others): Membership {
  if (membership.disabled) throw new DomainError('conflict', 'person.already_disabled')
  if (isAdministrator(membership) && otherAdministrators === 0)
    throw new DomainError('conflict', 'person.last_administrator')
  return { ...membership, disabled: true, version: membership.version + 1 }
}

/** Throws `conflict person.not_disabled`. */
export function enable(membership: Membership): Membership {
  if (!membership.disabled) throw new DomainError('conflict', 'person.not_disabled')
  return { ...membership, disabled: false, version: membership.version + 1 }
}

/**
 * Throws `conflict person.own_password` (that one is changed by showing it), `person.is_disabled`, or `person.member_elsewhere`:
 * one password opens every organisation a person is in, so none of several gives it away.
 */
export function assertMayHaveNewPassword(
  { personId, disabled }: Membership,
  { by, memberElsewhere }: Readonly<{ by: string | null; memberElsewhere: boolean }>,
): void {
  if (personId === by) throw new DomainError('conflict', 'person.own_password')
  if (disabled) throw new DomainError('conflict', 'person.is_disabled')
  if (memberElsewhere) throw new DomainError('conflict', 'person.member_elsewhere')
}

/**
 * The one administrator of an organisation, who has nobody there to ask.
 * Throws `conflict organisation.no_administrator | organisation.several_administrators`.
 */
export function onlyAdministrator([first, ...others]: readonly Membership[]): Membership {
  if (!first) throw new DomainError('conflict', 'organisation.no_administrator')
  if (others.length > 0) throw new DomainError('conflict', 'organisation.several_administrators')
  return first
}

/** Throws `conflict person.changed` with what it is now, when the caller saw an older version. */
export function assertCurrent({ version, title, roles, disabled }: Membership, seen: number): void {
  if (version !== seen) throw new DomainError('conflict', 'person.changed', { version, title, roles, disabled })
}

function isAdministrator({ roles, disabled }: Membership): boolean {
  return !disabled && roles.includes('administrator')
}
