import type { Permission, Permissions } from '../permission.ts'

/** Every member of any organisation reads what is published. */
const everyParty = { who: 'member', rows: 'public' } as const satisfies Permission
/** Every member reads the own organisation's. */
const own = { who: 'member', rows: 'own' } as const satisfies Permission
/** Those who draft and publish; a unit's capacity is the manager's to release. */
const drafters = { who: ['officer', 'manager'], rows: 'own' } as const satisfies Permission

export const marketplacePermissions = {
  'competence.list': everyParty,
  'competence.suggest': everyParty,
  'competence.get': everyParty,
  'offer.list': everyParty,
  'offer.count': everyParty,
  'offer.get': everyParty,
  'offer.conditions': everyParty,
  'offer.mine': own,
  'offer.draftGet': own,
  'offer.saveDraft': drafters,
  'offer.discardDraft': drafters,
  'offer.publish': drafters,
  'offer.change': drafters,
  'offer.pause': drafters,
  'offer.resume': drafters,
  'offer.withdraw': drafters,
  'offer.confirm': drafters,
  'request.list': everyParty,
  'request.count': everyParty,
  'request.get': everyParty,
  // Sums of what every party may read one by one.
  'request.figures': { who: ['coordinator', 'process_support'], rows: 'public' },
  'request.mine': own,
  'request.draftGet': own,
  'request.saveDraft': drafters,
  'request.discardDraft': drafters,
  'request.publish': drafters,
  'request.change': drafters,
  'request.pause': drafters,
  'request.resume': drafters,
  'request.withdraw': drafters,
  'ledger.get': everyParty,
  'market.summary': everyParty,
  'market.headings': everyParty,
  'task.list': own,
  'audit.list': own,
  'audit.verify': { who: ['administrator', 'registrar'], rows: 'own' },
} as const satisfies Permissions
