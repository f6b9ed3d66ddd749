import type { Permissions } from '../permission.ts'

/**
 * Offers and requests are public to all parties; who fits whom is told to those it concerns:
 * the owner of the request or the offer, and the coordinator of the county.
 */
export const matchingPermissions = {
  'match.forRequest': { who: 'member', rows: 'party' },
  'match.forOffer': { who: 'member', rows: 'own' },
  'match.get': { who: 'member', rows: 'party' },
  'match.seen': { who: 'member', rows: 'own' },
  'task.list': { who: 'member', rows: 'own' },
  'market.unmet': { who: ['coordinator'], rows: 'public' },
  // The rules are published: they can be read by anyone, before signing in.
  'rules.get': { who: 'anyone', rows: 'none' },
} as const satisfies Permissions
