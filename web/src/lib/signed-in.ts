import type { EnteredSession } from '@samkraft/contracts/identity'

/** Who is signed in, and for which organisation. Has what an `Actor` has, and the names a page shows. */
export type SignedIn = Pick<
  EnteredSession,
  'personId' | 'organisationId' | 'roles' | 'title' | 'displayName' | 'organisation' | 'memberships'
>
