import { randomUUID } from 'node:crypto'
import { type Actor, addDays, type Role } from '@samkraft/kernel'
import { actorOf } from '../world/cast.ts'
import type { World } from '../world/world.ts'
import { type Estate, people } from '../tenancy/estate.ts'
import { fullOffer, fullRequest } from '../world/market.ts'

/**
 * Where a command's example is right: who gives it, what of the estate is then in the state that the command asks for, and
 * what of the input only this stage knows (a secret, the version it has come to).
 */
export type Stage = Readonly<{ actor: Actor; estate?: Partial<Estate>; input?: object }>
export type StageOf = (hands: Hands) => Promise<Stage>

/** What stages are built with. */
export type Hands = Readonly<{
  as: World['as']
  estate: Estate
  /** Until what one service knows has reached all others. */
  settled: () => Promise<void>
}>

const password = 'en lång och egen fras'
const key = () => ({ commandKey: randomUUID() })
const acting = (actor: Actor, ...roles: Role[]): Actor => ({ ...actor, roles })
const lender = acting(people.owner, 'officer')
const lendingHead = acting(people.owner, 'decider')
const borrower = acting(people.counterpart, 'officer')
const borrowingHead = acting(people.counterpart, 'decider')
const coordinator = acting(people.region, 'coordinator')
const registrar = acting(people.owner, 'registrar')
const administrator = actorOf('administrator@vasteras.example')

type Noun = 'offer' | 'request'

function draft(noun: Noun): StageOf {
  return async ({ as }) => {
    const { marketplace } = as(lender)
    const made = await marketplace[noun].saveDraft({ ...key(), details: { description: 'påbörjat' } })
    return { actor: lender, estate: noun === 'offer' ? { offerDraft: made } : { requestDraft: made } }
  }
}

function published(noun: Noun): StageOf {
  return async (hands) => {
    const made = await publish(hands, noun)
    return { actor: lender, estate: noun === 'offer' ? { offer: made } : { request: made } }
  }
}

function paused(noun: Noun): StageOf {
  return async (hands) => {
    const made = await publish(hands, noun)
    const { offer, request } = hands.as(lender).marketplace
    const seen = { ...key(), version: made.version }
    if (noun === 'offer') return { actor: lender, estate: { offer: await offer.pause({ ...seen, offerId: made.id }) } }
    return { actor: lender, estate: { request: await request.pause({ ...seen, requestId: made.id }) } }
  }
}

function publish({ as }: Hands, noun: Noun) {
  const { offer, request } = as(lender).marketplace
  return noun === 'offer'
    ? offer.publish({ ...key(), details: fullOffer })
    : request.publish({ ...key(), details: fullRequest })
}

/** How far an arrangement has come. Each step is made by whoever's turn it is. */
const steps = ['proposed', 'accepted', 'lenderDecided', 'decided', 'approved'] as const

function arrangement(
  actor: Actor,
  reached: (typeof steps)[number],
  input: (estate: Estate) => object = () => ({}),
): StageOf {
  return async (hands) => {
    const { as, settled } = hands
    const terms = await openTerms(hands)
    const yes = { decision: 'yes', delegationReference: '4.2', noConflictOfInterest: true } as const
    let at = await as(borrower).arrangements.arrangement.propose({ ...key(), ...terms })
    const seen = () => ({ ...key(), arrangementId: at.arrangementId, version: at.version })
    const moves: Record<(typeof steps)[number], () => Promise<typeof at>> = {
      proposed: async () => at,
      accepted: () => as(lender).arrangements.arrangement.accept(seen()),
      lenderDecided: () => as(lendingHead).arrangements.arrangement.decide({ ...seen(), ...yes }),
      decided: () => as(borrowingHead).arrangements.arrangement.decide({ ...seen(), ...yes }),
      approved: async () => {
        await as(coordinator).arrangements.arrangement.approve(seen())
        await settled()
        const { id, ...rest } = await as(coordinator).arrangements.arrangement.get({ arrangementId: at.arrangementId })
        return { ...rest, arrangementId: id }
      },
    }
    for (const step of steps.slice(0, steps.indexOf(reached) + 1)) at = await moves[step]()
    const estate = { ...hands.estate, arrangement: at, terms }
    return { actor, estate, input: input(estate) }
  }
}

/** Terms about an offer and a request of their own, so that nobody else's hours are in the way. */
async function openTerms({ as, estate, settled }: Hands): Promise<Estate['terms']> {
  const [share] = estate.terms.shares
  if (!share) throw new Error('the estate has no terms')
  const details = {
    ...fullRequest,
    requiredCompetences: [fullOffer.mainCompetence],
    segments: fullOffer.segments,
    least: 4,
  }
  const offer = await as(lender).marketplace.offer.publish({ ...key(), details: fullOffer })
  const request = await as(borrower).marketplace.request.publish({ ...key(), details })
  await settled()
  return { ...estate.terms, offerId: offer.id, shares: [{ ...share, requestId: request.id }] }
}

/** A request of the lender and one of the borrower for the same. */
async function alike({ as, settled }: Hands): Promise<string[]> {
  const own = await as(lender).marketplace.request.publish({ ...key(), details: fullRequest })
  const other = await as(borrower).marketplace.request.publish({ ...key(), details: fullRequest })
  await settled()
  return [own.id, other.id]
}

/** A pooled need of the two that the lender has started. */
async function pooled(hands: Hands) {
  const requestIds = await alike(hands)
  const [, invited = ''] = requestIds
  const { pooledNeedId } = await hands.as(lender).matching.pooledNeed.start({ ...key(), requestIds })
  return { pooledNeed: { pooledNeedId, requestIds }, invited }
}

const beforeItsEnd = ({ terms }: Estate) => ({ lastDay: addDays(terms.shares[0]?.period.to ?? '', -30) })

/** Somebody whom Västerås has just invited, and the secret they are invited with. */
async function invited({ as }: Hands) {
  const email = `${randomUUID()}@example.com`
  const invitation = await as(administrator).identity.person.invite({
    ...key(),
    email,
    title: 'Assistent',
    roles: ['officer'],
  })
  return { email, invitation }
}

async function joined(hands: Hands) {
  const { email, invitation } = await invited(hands)
  const { secret } = invitation
  const { personId } = await hands.as(null).identity.invitation.accept({ ...key(), secret, password })
  const person: Actor = { personId, organisationId: administrator.organisationId, roles: ['officer'] }
  return { email, person }
}

async function signedIn(hands: Hands) {
  const { email, person } = await joined(hands)
  const { secret } = await hands.as(null).identity.session.signIn({ email, password })
  return { email, person, secret }
}

async function colleague(hands: Hands): Promise<Stage> {
  const { person } = await joined(hands)
  return { actor: administrator, estate: { colleagueId: person.personId } }
}

/** A plan of what is open, as the coordinator has it computed. */
async function planned({ as, settled }: Hands) {
  const plan = await as(coordinator).matching.plan.compute(key())
  await settled()
  return { actor: coordinator, estate: { plan } }
}

/** One for every command there is; a command without one fails the test. */
export const stages: Readonly<Record<string, StageOf>> = {
  'identity.session.switchOrganisation': async (hands) => {
    const { email, person, secret } = await signedIn(hands)
    const elsewhere = actorOf('administrator@norberg.example')
    const second = { ...key(), email, title: 'Assistent', roles: ['officer' as const] }
    const invitation = await hands.as(elsewhere).identity.person.invite(second)
    await hands.as(null).identity.invitation.accept({ ...key(), secret: invitation.secret, password })
    return { actor: person, input: { secret, organisationId: elsewhere.organisationId } }
  },
  'identity.organisation.allowNewPassword': async ({ as }) => {
    const { invitation } = as(actorOf('administrator@sala.example')).identity
    // A link takes the place of one that waits.
    for (const { invitationId } of (await invitation.list({})).items)
      await invitation.withdraw({ ...key(), invitationId })
    return { actor: actorOf('administrator@regionvastmanland.example') }
  },
  'identity.person.invite': async () => ({ actor: administrator }),
  'identity.person.changeTitle': colleague,
  'identity.person.changeRoles': colleague,
  'identity.person.disable': colleague,
  'identity.person.enable': async (hands) => {
    const { actor, estate } = await colleague(hands)
    const personId = estate?.colleagueId ?? ''
    const { version } = await hands.as(actor).identity.person.disable({ ...key(), personId, version: 1 })
    return { actor, estate: { colleagueId: personId }, input: { version } }
  },
  'identity.person.allowNewPassword': colleague,
  'identity.invitation.withdraw': async (hands) => {
    const { invitation } = await invited(hands)
    return { actor: administrator, estate: { invitation } }
  },
  'identity.invitation.accept': async (hands) => {
    const { invitation } = await invited(hands)
    return { actor: administrator, input: { secret: invitation.secret, password } }
  },
  'identity.password.change': async (hands) => {
    const { person, secret } = await signedIn(hands)
    return { actor: person, input: { secret, currentPassword: password, newPassword: `${password}, en annan` } }
  },
  'identity.password.renew': async (hands) => {
    const { actor, estate } = await colleague(hands)
    const command = { ...key(), personId: estate?.colleagueId ?? '' }
    const { secret } = await hands.as(actor).identity.person.allowNewPassword(command)
    return { actor, input: { secret, password: `${password}, en annan` } }
  },
  'marketplace.offer.saveDraft': draft('offer'),
  'marketplace.offer.discardDraft': draft('offer'),
  'marketplace.offer.publish': draft('offer'),
  'marketplace.offer.change': published('offer'),
  'marketplace.offer.pause': published('offer'),
  'marketplace.offer.resume': paused('offer'),
  'marketplace.offer.withdraw': published('offer'),
  'marketplace.offer.confirm': published('offer'),
  'marketplace.request.saveDraft': draft('request'),
  'marketplace.request.discardDraft': draft('request'),
  'marketplace.request.publish': draft('request'),
  'marketplace.request.change': published('request'),
  'marketplace.request.pause': published('request'),
  'marketplace.request.resume': paused('request'),
  'marketplace.request.withdraw': published('request'),
  'matching.pooledNeed.start': async (hands) => {
    const requestIds = await alike(hands)
    return { actor: lender, estate: { pooledNeed: { ...hands.estate.pooledNeed, requestIds } } }
  },
  'matching.pooledNeed.invite': async (hands) => {
    const { pooledNeed, invited } = await pooled(hands)
    const left = { pooledNeedId: pooledNeed.pooledNeedId, requestId: invited }
    await hands.as(borrower).matching.pooledNeed.leave({ ...key(), ...left })
    return { actor: coordinator, estate: { pooledNeed }, input: { requestId: invited } }
  },
  'matching.pooledNeed.join': async (hands) => {
    const { pooledNeed, invited } = await pooled(hands)
    return { actor: borrower, estate: { pooledNeed }, input: { requestId: invited } }
  },
  'matching.pooledNeed.leave': async (hands) => {
    const { pooledNeed, invited } = await pooled(hands)
    return { actor: borrower, estate: { pooledNeed }, input: { requestId: invited } }
  },
  'matching.match.seen': async (hands) => {
    const stage = await published('request')(hands)
    await hands.settled()
    return stage
  },
  'matching.plan.compute': async () => ({ actor: coordinator }),
  'matching.plan.adjust': async (hands) => {
    const stage = await planned(hands)
    const [row] = (
      await hands.as(coordinator).matching.plan.assignments({ planId: stage.estate.plan.planId, policy: 'most_help' })
    ).items
    if (!row) throw new Error('the plan gives nobody anything')
    const { requestId, offerId } = row
    return { ...stage, input: { change: { kind: 'exclude', requestId, offerId } } }
  },
  'matching.plan.stop': planned,
  'matching.plan.save': planned,
  'matching.plan.discard': async (hands) => {
    const { actor, estate } = await planned(hands)
    return { actor, input: estate.plan }
  },
  'arrangements.arrangement.propose': async (hands) => ({ actor: borrower, estate: { terms: await openTerms(hands) } }),
  'arrangements.arrangement.revise': arrangement(lender, 'proposed'),
  'arrangements.arrangement.accept': arrangement(lender, 'proposed'),
  'arrangements.arrangement.decline': arrangement(lender, 'proposed'),
  'arrangements.arrangement.withdraw': arrangement(borrower, 'proposed'),
  'arrangements.arrangement.decide': arrangement(lendingHead, 'accepted'),
  'arrangements.arrangement.approve': arrangement(coordinator, 'decided'),
  'arrangements.arrangement.return': arrangement(coordinator, 'decided'),
  'arrangements.arrangement.end': arrangement(lendingHead, 'approved', beforeItsEnd),
  'arrangements.arrangement.setDiaryNumber': arrangement(registrar, 'proposed'),
  'arrangements.worklist.setFollowUp': arrangement(coordinator, 'proposed'),
}
