import { matchingPermissions } from '@samkraft/contracts/matching'
import { m } from '#lib/i18n.ts'
import type { Reason } from '#lib/pooling/pool.ts'
import type { SignedIn } from '#lib/signed-in.ts'

/** Why this person cannot start a pooled need, or join and leave one; null when they can. */
export function whyNotPool(actor: SignedIn | null, what: 'start' | 'join'): Reason {
  const { who } = matchingPermissions[`pooledNeed.${what}`]
  return actor?.roles.some((role) => (who as readonly string[]).includes(role)) ? null : m.pooled_role()
}
