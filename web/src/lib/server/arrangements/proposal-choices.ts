import type { MyRequest } from '@samkraft/contracts/marketplace'
import { format, m } from '#lib/i18n.ts'
import { competenceName, competenceNames as named, headline, offerTitle } from '#lib/marketplace/words.ts'
import type { Option } from '#lib/ui/option.ts'
import { scoresOfOwnOffers } from '../matching/own-for-request.ts'
import { competenceNames } from '../competence-names.ts'
import { headingsOf } from '../marketplace/headings.ts'
import { mayPublish } from '../marketplace/moves.ts'
import { organisationNames } from '../organisation-names.ts'

/** As many of the own, or of those that fit, as one chooses among. */
const shown = 50

/** What is still to choose before there is something to propose. */
export type Choice = Readonly<{
  /** `nothing`: neither side is known, which a link from elsewhere always gives. */
  of: 'own_request' | 'own_offer' | 'fitting_requests' | 'nothing'
  options: readonly Option[]
  chosen: readonly string[]
  /** What is known already and travels along. */
  kept: Readonly<{ erbjudande?: string; behov?: string }>
  /** The offer it is about, in words; null when it is not known. */
  about: string | null
  /** What there is to know before choosing; null for nothing. */
  notice: string | null
  /** Whether one may write a request of one's own instead of choosing one. */
  mayAsk: boolean
}>

type Locals = Pick<App.Locals, 'services' | 'actor'>

/** What the reader has to choose: the own request for an offer, the own offer for a request, or whom an own offer serves. */
export async function choicesFor(
  locals: Locals,
  offerId: string | null,
  requestIds: readonly string[],
): Promise<Choice> {
  if (offerId) return forOffer(locals, offerId, requestIds)
  const [requestId] = requestIds
  if (!requestId) return { of: 'nothing', options: [], chosen: [], kept: {}, about: null, notice: null, mayAsk: false }
  return forRequest(locals, requestId)
}

/** The own offers, those that fit first with their points and the best of them chosen; as they stand while matching is away. */
async function forRequest(locals: Locals, requestId: string): Promise<Choice> {
  const [{ items }, own] = await Promise.all([
    locals.services.marketplace.offer.mine.query({ statuses: ['published'], limit: shown }),
    scoresOfOwnOffers(locals, requestId),
  ])
  const scored = items
    .map((offer) => ({ ...offer, score: own?.scores.get(offer.id) ?? null }))
    .toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1))
  const options = scored.map(({ id, title, reference, mainCompetence, hoursPerWeek, score }) => {
    const said = title ?? headline(mainCompetence ? competenceName(mainCompetence) : '', hoursPerWeek)
    return {
      value: id,
      label: score === null ? said : m.proposal_own_fits_option({ title: said, score: format.number(score) }),
      hint: reference ?? undefined,
    }
  })
  const best = scored.find(({ score }) => score !== null)
  return {
    of: 'own_offer',
    options,
    chosen: best ? [best.id] : [],
    kept: { behov: requestId },
    about: null,
    notice: !own || best ? null : own.more ? m.proposal_none_best() : m.proposal_none_fits(),
    mayAsk: false,
  }
}

async function forOffer({ services, actor }: Locals, offerId: string, chosen: readonly string[]): Promise<Choice> {
  const { marketplace, matching } = services
  const offer = await marketplace.offer.get.query({ offerId })
  const about = m.proposal_from_offer({ title: offerTitle(offer), owner: offer.owner.name })
  const kept = { erbjudande: offerId }
  if (offer.owner.id !== actor?.organisationId) {
    const { items } = await marketplace.request.mine.query({ statuses: ['published'], limit: shown })
    const asks = ({ requiredCompetences }: MyRequest) =>
      requiredCompetences.some(({ slug }) => slug === offer.mainCompetence.slug)
    const open = items.filter(({ coverage }) => coverage !== 'covered')
    const alike = open.filter(asks)
    const options = [...alike, ...open.filter((request) => !asks(request))].map(
      ({ id, title, reference, requiredCompetences, hoursPerWeek }) => ({
        value: id,
        label: title ?? headline(named(requiredCompetences), hoursPerWeek),
        hint: reference ?? undefined,
      }),
    )
    const likely = alike.length === 1 ? alike.map(({ id }) => id) : []
    const notice = alike.length > 0 ? null : m.proposal_none_alike({ competence: competenceName(offer.mainCompetence) })
    return {
      of: 'own_request',
      options,
      chosen: chosen.length > 0 ? chosen : likely,
      kept,
      about,
      notice,
      mayAsk: mayPublish(actor) === null,
    }
  }
  const { items, more } = await matching.match.forOffer.query({ offerId, limit: shown })
  const [competence, organisation, heading] = await Promise.all([
    competenceNames(services),
    organisationNames(
      services,
      items.map(({ request }) => request.organisationId),
    ),
    headingsOf(
      services,
      items.map(({ request }) => request.requestId),
    ),
  ])
  const options = items.map(({ request, score, askedHoursPerWeek }) => ({
    value: request.requestId,
    label: m.proposal_fits_option({
      title: headline(competence(request.mainCompetence), askedHoursPerWeek),
      owner: organisation(request.organisationId).name,
      score: format.number(score),
    }),
    hint: heading(request.requestId) ?? undefined,
  }))
  return {
    of: 'fitting_requests',
    options,
    chosen,
    kept,
    about,
    notice: more ? m.matches_offer_more() : null,
    mayAsk: false,
  }
}
