import { randomUUID } from 'node:crypto'
import type { Actor } from '@samkraft/kernel'
import { vi } from 'vitest'
import { actorOf } from '../world/cast.ts'
import { fullOffer, fullRequest } from '../world/market.ts'
import type { World } from '../world/world.ts'

/** Words only their owner may ever read. */
const secretWords = 'kanariefågel i utkastet'
/** Words only the parties of the arrangement and its region may read. */
const partyWords = 'kanariefågel mellan parterna'
const invited = 'kanariefagel@vasteras.example'

/** What one organisation has, of every kind that can belong to it, and what must never be seen of it. */
export type Estate = Awaited<ReturnType<typeof makeEstate>>

/** Västerås owns everything; Norberg is its counterpart in one arrangement, Kungsör has nothing to do with either. */
export const people = {
  owner: actorOf('skolchef@vasteras.example'),
  counterpart: actorOf('skolchef@norberg.example'),
  region: actorOf('samordnare@regionvastmanland.example'),
  stranger: actorOf('skolchef@kungsor.example'),
} as const satisfies Record<string, Actor>

/** What one service knows reaches the next a moment later. */
function eventually<Result>(run: () => Promise<Result>): Promise<Result> {
  return vi.waitFor(run, { timeout: 30_000, interval: 50 })
}

export async function makeEstate({ as }: Pick<World, 'as'>) {
  const officer = as({ ...people.owner, roles: ['officer'] })
  const borrower = as({ ...people.counterpart, roles: ['officer'] })
  const key = () => ({ commandKey: randomUUID() })

  // The first command waits for the register to have reached the marketplace.
  const first = key()
  const offerDraft = await eventually(() =>
    officer.marketplace.offer.saveDraft({ ...first, details: { description: secretWords } }),
  )
  const requestDraft = await officer.marketplace.request.saveDraft({ ...key(), details: { description: secretWords } })
  const offer = await officer.marketplace.offer.publish({ ...key(), details: fullOffer })
  const request = await officer.marketplace.request.publish({ ...key(), details: fullRequest })

  const wanted = {
    ...fullRequest,
    requiredCompetences: [fullOffer.mainCompetence],
    segments: fullOffer.segments,
    least: 4,
  }
  const counterpartRequest = await borrower.marketplace.request.publish({ ...key(), details: wanted })
  // The same need as the owner's: the two are pooled.
  const neighbourRequest = await borrower.marketplace.request.publish({ ...key(), details: fullRequest })
  const [segment] = fullOffer.segments
  if (!segment) throw new Error('the offer has no hours')
  const terms = {
    offerId: offer.id,
    shares: [{ requestId: counterpartRequest.id, period: segment.period, hoursPerWeek: 4 }],
    place: 'remote' as const,
    rationale: partyWords,
  }
  const proposal = key()
  const arrangement = await eventually(() => borrower.arrangements.arrangement.propose({ ...proposal, ...terms }))
  await eventually(() => officer.matching.match.forRequest({ requestId: request.id }))
  const requestIds = [request.id, neighbourRequest.id]
  const pooling = key()
  const { pooledNeedId } = await eventually(() => officer.matching.pooledNeed.start({ ...pooling, requestIds }))

  const coordinator = as({ ...people.region, roles: ['coordinator'] })
  const compute = async () => {
    const { planId } = await coordinator.matching.plan.compute(key())
    return eventually(async () => {
      const plan = await coordinator.matching.plan.get({ planId })
      if (plan.state !== 'ready') throw new Error(`the plan is ${plan.state}`)
      return plan
    })
  }
  const plan = await compute()

  const administrator = actorOf('administrator@vasteras.example')
  const invitation = await as(administrator).identity.person.invite({
    ...key(),
    email: invited,
    title: 'Skolsekreterare',
    roles: ['officer'],
  })
  const colleague = actorOf('handlaggare@vasteras.example')

  return {
    offerDraft,
    requestDraft,
    offer,
    request,
    arrangement,
    pooledNeed: { pooledNeedId, requestIds },
    terms,
    plan: { planId: plan.planId, version: plan.version },
    /** One that may be thrown away. */
    sparePlan: await compute(),
    invitation,
    colleagueId: colleague.personId,
    /** A municipality of the county that owns nothing of this. */
    neighbourId: actorOf('administrator@sala.example').organisationId,
    /** Never in an answer to another organisation. */
    ownersOnly: [secretWords, offerDraft.id, requestDraft.id, invited, 'handlaggare@vasteras.example'],
    /** Never in an answer to an organisation that is no party. */
    partiesOnly: [partyWords, arrangement.arrangementId],
  }
}
