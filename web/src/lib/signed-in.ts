import type { EnteredSession } from '@samkraft/contracts/identity'
import type { Role } from '@samkraft/kernel'

/** Who is signed in, and for which organisation. Has what an `Actor` has, and the names a page shows. */
export type SignedIn = Pick<
  EnteredSession,
  'personId' | 'organisationId' | 'roles' | 'title' | 'displayName' | 'organisation' | 'memberships'
>

/** Whether somebody is signed in and has one of these roles. */
export function hasRole(actor: Pick<SignedIn, 'roles'> | null, among: readonly Role[]): boolean {
  return actor?.roles.some((role) => among.includes(role)) ?? false
}
