import { randomUUID } from 'node:crypto'
import { arrangementsPermissions } from '@samkraft/contracts/arrangements'
import { identityPermissions } from '@samkraft/contracts/identity'
import { marketplacePermissions } from '@samkraft/contracts/marketplace'
import { matchingPermissions } from '@samkraft/contracts/matching'
import type { Estate } from './estate.ts'
import { fullOffer, fullRequest } from '../world/market.ts'

/** Every service's policies. A procedure without an example below does not compile. */
export const permissions = {
  identity: identityPermissions,
  marketplace: marketplacePermissions,
  matching: matchingPermissions,
  arrangements: arrangementsPermissions,
} as const
export type ServiceName = keyof typeof permissions

/** The services of a table that has one row a service. */
export function servicesOf(table: Readonly<Record<ServiceName, unknown>>): ServiceName[] {
  return Object.keys(table) as ServiceName[]
}

/** `input` aims at what the estate's owner has. `names`: it names something private, which must be `not_found` for outsiders. */
type Example = Readonly<{ input: (estate: Estate) => unknown; names?: 'owner' | 'party' | 'region' }>

const nothing = () => ({})
const noSecret = 'a'.repeat(43)
const command = <Rest extends object>(rest: Rest) => ({ commandKey: randomUUID(), ...rest })
const on = ({ id, version }: { id: string; version: number }, noun: 'offerId' | 'requestId') =>
  command({ [noun]: id, version })
const offerDraft = (rest: object = {}): Example => ({
  input: (estate) => ({ ...on(estate.offerDraft, 'offerId'), ...rest }),
  names: 'owner',
})
const offer = (rest: object = {}): Example => ({
  input: (estate) => ({ ...on(estate.offer, 'offerId'), ...rest }),
  names: 'owner',
})
const requestDraft = (rest: object = {}): Example => ({
  input: (estate) => ({ ...on(estate.requestDraft, 'requestId'), ...rest }),
  names: 'owner',
})
const request = (rest: object = {}): Example => ({
  input: (estate) => ({ ...on(estate.request, 'requestId'), ...rest }),
  names: 'owner',
})
const arrangement = (rest: (estate: Estate) => object = nothing): Example => ({
  input: (estate) => {
    const { arrangementId, version } = estate.arrangement
    return command({ arrangementId, version, ...rest(estate) })
  },
  names: 'party',
})
const plan = (rest: (estate: Estate) => object = nothing): Example => ({
  input: (estate) => ({ planId: estate.plan.planId, ...rest(estate) }),
  names: 'region',
})
const planCommand = (rest: (estate: Estate) => object = nothing): Example => plan((estate) => command(rest(estate)))
const list: Example = { input: nothing }
/** The list as it is, since every reference has it. */
const search: Example = { input: () => ({ words: [{ text: 'SK-', competences: ['logoped'] }] }) }

export const examples: { readonly [Name in ServiceName]: Readonly<Record<keyof (typeof permissions)[Name], Example>> } =
  {
    identity: {
      'session.signIn': { input: () => ({ email: 'nobody@example.com', password: 'not a password' }) },
      'session.enter': { input: () => ({ secret: noSecret }) },
      'session.signOut': { input: () => ({ secret: noSecret }) },
      'session.switchOrganisation': { input: () => command({ secret: noSecret, organisationId: randomUUID() }) },
      'organisation.list': list,
      'organisation.get': { input: () => ({ organisationId: randomUUID() }) },
      'organisation.allowNewPassword': {
        input: ({ neighbourId }) => command({ organisationId: neighbourId }),
        names: 'region',
      },
      'person.list': list,
      'person.invite': {
        input: () => command({ email: `${randomUUID()}@example.com`, title: 'Assistent', roles: ['officer'] }),
      },
      'person.changeTitle': {
        input: ({ colleagueId }) => command({ personId: colleagueId, version: 1, title: 'Utredare' }),
        names: 'owner',
      },
      'person.changeRoles': {
        input: ({ colleagueId }) => command({ personId: colleagueId, version: 1, roles: ['registrar'] }),
        names: 'owner',
      },
      'person.disable': { input: ({ colleagueId }) => command({ personId: colleagueId, version: 1 }), names: 'owner' },
      'person.enable': { input: ({ colleagueId }) => command({ personId: colleagueId, version: 1 }), names: 'owner' },
      'person.allowNewPassword': { input: ({ colleagueId }) => command({ personId: colleagueId }), names: 'owner' },
      'invitation.list': list,
      'invitation.withdraw': {
        input: ({ invitation }) => command({ invitationId: invitation.invitationId }),
        names: 'owner',
      },
      'invitation.get': { input: () => ({ secret: noSecret }) },
      'invitation.accept': { input: () => command({ secret: noSecret, password: 'en lång och egen fras' }) },
      'password.change': {
        input: () => command({ currentPassword: 'x', newPassword: 'en lång och egen fras', secret: noSecret }),
      },
      'password.renew': { input: () => command({ secret: noSecret, password: 'en lång och egen fras' }) },
      'audit.list': list,
      'audit.verify': list,
    },
    marketplace: {
      'competence.list': list,
      'competence.suggest': { input: () => ({ text: 'kurator' }) },
      'competence.get': { input: () => ({ slug: 'skolpsykolog' }) },
      'offer.list': list,
      'offer.count': list,
      'offer.get': { input: (estate) => ({ offerId: estate.offerDraft.id }) },
      'offer.conditions': { input: (estate) => ({ offerId: estate.offerDraft.id, version: 1 }) },
      'offer.mine': list,
      'offer.draftGet': { input: (estate) => ({ offerId: estate.offerDraft.id }), names: 'owner' },
      'offer.saveDraft': offerDraft({ details: { description: 'omskrivet' } }),
      'offer.discardDraft': offerDraft(),
      'offer.publish': offerDraft({ details: fullOffer }),
      'offer.change': offer({ details: { ...fullOffer, description: 'omskrivet' } }),
      'offer.pause': offer(),
      'offer.resume': offer(),
      'offer.withdraw': offer(),
      'offer.confirm': offer({ until: '2027-03-01' }),
      'request.list': list,
      'request.count': list,
      'request.get': { input: (estate) => ({ requestId: estate.requestDraft.id }) },
      'request.figures': { input: () => ({ county: '19' }) },
      'request.mine': list,
      'request.draftGet': { input: (estate) => ({ requestId: estate.requestDraft.id }), names: 'owner' },
      'request.saveDraft': requestDraft({ details: { description: 'omskrivet' } }),
      'request.discardDraft': requestDraft(),
      'request.publish': requestDraft({ details: fullRequest }),
      'request.change': request({ details: { ...fullRequest, description: 'omskrivet' } }),
      'request.pause': request(),
      'request.resume': request(),
      'request.withdraw': request(),
      'ledger.get': { input: (estate) => ({ offerId: estate.offerDraft.id }) },
      'market.summary': { input: () => ({ county: '19' }) },
      'market.headings': { input: (estate) => ({ ids: [estate.offerDraft.id, estate.requestDraft.id] }) },
      'task.list': list,
      'audit.list': list,
      'audit.verify': list,
    },
    matching: {
      'pooledNeed.start': { input: ({ pooledNeed: { requestIds } }) => command({ requestIds }) },
      'pooledNeed.invite': {
        input: ({ pooledNeed: { pooledNeedId }, request: { id } }) => command({ pooledNeedId, requestId: id }),
      },
      'pooledNeed.join': {
        input: ({ pooledNeed: { pooledNeedId }, request: { id } }) => command({ pooledNeedId, requestId: id }),
        names: 'owner',
      },
      'pooledNeed.leave': {
        input: ({ pooledNeed: { pooledNeedId }, request: { id } }) => command({ pooledNeedId, requestId: id }),
        names: 'owner',
      },
      'pooledNeed.get': { input: ({ pooledNeed: { pooledNeedId } }) => ({ pooledNeedId }) },
      'pooledNeed.forRequest': { input: (estate) => ({ requestId: estate.request.id }) },
      'pooledNeed.forOffer': { input: (estate) => ({ offerId: estate.offer.id }), names: 'owner' },
      'pooledNeed.list': list,
      'pooledNeed.suggest': list,
      'match.forRequest': { input: (estate) => ({ requestId: estate.request.id }), names: 'owner' },
      'match.ownForRequest': { input: (estate) => ({ requestId: estate.request.id }) },
      'match.servingCounts': { input: (estate) => ({ requestIds: [estate.request.id] }) },
      'match.servedCounts': { input: (estate) => ({ offerIds: [estate.offer.id] }) },
      'match.forOffer': { input: (estate) => ({ offerId: estate.offer.id }), names: 'owner' },
      'match.get': { input: (estate) => ({ requestId: estate.request.id, offerId: estate.offer.id }), names: 'owner' },
      'match.seen': { input: (estate) => command({ subject: 'request', id: estate.request.id }), names: 'owner' },
      'task.list': list,
      'market.unmet': list,
      'plan.compute': { input: () => command({ mostProviders: 2 }) },
      'plan.adjust': planCommand(({ terms }) => ({
        change: { kind: 'release', requestId: terms.shares[0]?.requestId, offerId: terms.offerId },
      })),
      'plan.stop': planCommand(),
      'plan.save': planCommand(({ plan: { version } }) => ({ version, name: 'vårterminen' })),
      'plan.discard': planCommand(({ sparePlan: { planId, version } }) => ({ planId, version })),
      'plan.list': list,
      'plan.get': plan(),
      'plan.assignments': plan(() => ({ policy: 'most_help' })),
      'plan.unmet': plan(() => ({ policy: 'most_help' })),
      'plan.flows': plan(() => ({ policy: 'most_help' })),
      'plan.explain': plan(({ request }) => ({ policy: 'most_help', requestId: request.id })),
      'plan.compare': plan(({ plan: { planId } }) => ({ policy: 'most_help', otherId: planId })),
      'rules.get': list,
      'audit.list': list,
      'audit.verify': list,
    },
    arrangements: {
      'arrangement.propose': { input: ({ terms }) => command(terms) },
      'arrangement.revise': arrangement(({ terms: { shares, place } }) => ({ shares, place, rationale: 'omskrivet' })),
      'arrangement.accept': arrangement(),
      'arrangement.decline': arrangement(() => ({ reasonCode: 'terms' })),
      'arrangement.withdraw': arrangement(() => ({ reasonCode: 'mistake' })),
      'arrangement.decide': arrangement(() => ({
        decision: 'yes',
        delegationReference: '4.2',
        noConflictOfInterest: true,
      })),
      'arrangement.approve': arrangement(),
      'arrangement.return': arrangement(() => ({ reasonCode: 'other', reasonText: 'omskrivet' })),
      'arrangement.end': arrangement(() => ({ lastDay: '2027-09-01', reasonCode: 'need_gone' })),
      'arrangement.setDiaryNumber': {
        input: ({ arrangement: { arrangementId } }) => command({ arrangementId, version: 0, diaryNumber: '2027/1' }),
        names: 'party',
      },
      'arrangement.get': { input: ({ arrangement: { arrangementId } }) => ({ arrangementId }), names: 'party' },
      'arrangement.list': search,
      'worklist.list': search,
      'worklist.setFollowUp': {
        input: ({ arrangement: { arrangementId } }) => command({ arrangementId, version: 0, date: '2027-02-01' }),
        names: 'party',
      },
      'task.list': list,
      'stats.summary': list,
      'stats.county': { input: () => ({ county: '19' }) },
      'flow.list': list,
      'audit.list': list,
      'audit.verify': list,
    },
  }
