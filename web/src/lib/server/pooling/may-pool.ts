import { matchingPermissions } from '@samkraft/contracts/matching'
import { m } from '#lib/i18n.ts'
import type { Reason } from '#lib/pooling/pool.ts'
import { hasRole, type SignedIn } from '#lib/signed-in.ts'

/** Why this person cannot start a pooled need, or join and leave one; null when they can. */
export function whyNotPool(actor: SignedIn | null, what: 'start' | 'join'): Reason {
  const { who } = matchingPermissions[`pooledNeed.${what}`]
  return hasRole(actor, who) ? null : m.pooled_role()
}
