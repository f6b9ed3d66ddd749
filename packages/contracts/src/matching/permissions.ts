import { coordinators, negotiators } from '../arrangements/states.ts'
import type { Permissions } from '../permission.ts'

/**
 * Offers and requests are public to all parties; who fits whom is told to those it concerns:
 * the owner of the request or the offer, and the coordinator of the county. What requests are pooled, all parties may see.
 */
export const matchingPermissions = {
  'pooledNeed.start': { who: [...negotiators, ...coordinators], rows: 'own' },
  'pooledNeed.invite': { who: coordinators, rows: 'own' },
  'pooledNeed.join': { who: negotiators, rows: 'own' },
  'pooledNeed.leave': { who: negotiators, rows: 'own' },
  'pooledNeed.get': { who: 'member', rows: 'public' },
  'pooledNeed.forRequest': { who: 'member', rows: 'public' },
  'pooledNeed.forOffer': { who: 'member', rows: 'own' },
  'pooledNeed.list': { who: 'member', rows: 'public' },
  'pooledNeed.suggest': { who: coordinators, rows: 'public' },
  'match.forRequest': { who: 'member', rows: 'party' },
  'match.ownForRequest': { who: 'member', rows: 'own' },
  'match.servingCounts': { who: 'member', rows: 'own' },
  'match.servedCounts': { who: 'member', rows: 'own' },
  'match.forOffer': { who: 'member', rows: 'own' },
  'match.get': { who: 'member', rows: 'party' },
  'match.seen': { who: 'member', rows: 'own' },
  'task.list': { who: 'member', rows: 'own' },
  'market.unmet': { who: ['coordinator'], rows: 'public' },
  // A plan proposes to all and binds nobody: it is the coordinator's own until something is proposed from it.
  'plan.compute': { who: ['coordinator'], rows: 'own' },
  'plan.adjust': { who: ['coordinator'], rows: 'own' },
  'plan.stop': { who: ['coordinator'], rows: 'own' },
  'plan.save': { who: ['coordinator'], rows: 'own' },
  'plan.discard': { who: ['coordinator'], rows: 'own' },
  'plan.list': { who: ['coordinator'], rows: 'own' },
  'plan.get': { who: ['coordinator'], rows: 'own' },
  'plan.assignments': { who: ['coordinator'], rows: 'own' },
  'plan.unmet': { who: ['coordinator'], rows: 'own' },
  'plan.flows': { who: ['coordinator'], rows: 'own' },
  'plan.explain': { who: ['coordinator'], rows: 'own' },
  'plan.compare': { who: ['coordinator'], rows: 'own' },
  'audit.list': { who: 'member', rows: 'own' },
  'audit.verify': { who: ['administrator', 'registrar', 'coordinator'], rows: 'own' },
  // The rules are published: they can be read by anyone, before signing in.
  'rules.get': { who: 'anyone', rows: 'none' },
} as const satisfies Permissions
