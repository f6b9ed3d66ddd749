import { agreeingStatuses, type ArrangementView, type TermsView } from '@samkraft/contracts/arrangements'
import type { OfferConditions, OfferView, RequestView } from '@samkraft/contracts/marketplace'
import { weeksOf } from '@samkraft/kernel'
import type { Hindrance } from '#lib/arrangements/terms-said.ts'
import { format, m } from '#lib/i18n.ts'
import { leftOf } from '#lib/marketplace/week-hours.ts'
import { costWords, offerTitle, placeWords } from '#lib/marketplace/words.ts'
import { referencesOf } from '../marketplace/headings.ts'
import { ifAnswered } from '../refusal.ts'
import type { Services } from '../services.ts'
import { competingSaid, othersAbout } from './competing.ts'
import { shortfallSaid } from './said.ts'

/** The offer an arrangement is about, as it stands now; null when it cannot be read, for the arrangement stands without it. */
export function offerOf({ marketplace }: Services, { offer }: ArrangementView): Promise<OfferView | null> {
  return ifAnswered(() => marketplace.offer.get.query({ offerId: offer.offerId }))
}

/** What the offer came with when terms were put; null where that was not kept, or cannot be read. */
export type ConditionsOf = (terms: Pick<TermsView, 'offerVersion'>) => Promise<OfferConditions | null>

/** The same for the offer of an arrangement, each version asked for once: several parts of a page need it. */
export function conditionsFor(
  { marketplace }: Services,
  { offer: { offerId } }: Pick<ArrangementView, 'offer'>,
): ConditionsOf {
  const asked = new Map<number, ReturnType<ConditionsOf>>()
  return async ({ offerVersion }) => {
    if (offerVersion === null) return null
    const answer =
      asked.get(offerVersion) ??
      ifAnswered(() => marketplace.offer.conditions.query({ offerId, version: offerVersion }))
    asked.set(offerVersion, answer)
    return await answer
  }
}

/**
 * Why it would not be approved as it stands: the offer has too few hours, about which there can be new terms, or has been withdrawn. Null where
 * nothing is known that stands in the way.
 */
export function hindranceOf(
  { status, shortfall }: Pick<ArrangementView, 'status' | 'shortfall'>,
  offer: Pick<OfferView, 'status'> | null,
): Hindrance | null {
  if (!isBeingAgreedOn(status)) return null
  if (offer?.status === 'withdrawn') return 'offer'
  return shortfall ? 'hours' : null
}

type Market = Readonly<{ offer: OfferView | null; requests: ReadonlyMap<string, RequestView> }>

/** While it is being agreed on: what whoever answers or decides should know first. What cannot be read is not said. */
export function warningsSaid(
  { status, terms, shortfall }: Pick<ArrangementView, 'status' | 'terms' | 'shortfall'>,
  { offer, requests }: Market,
  nameOf: (id: string) => string,
): string[] {
  if (!isBeingAgreedOn(status)) return []
  const perRequest = [...Map.groupBy(terms.shares, ({ requestId }) => requestId)].flatMap(([requestId, shares]) => {
    const request = requests.get(requestId)
    if (!request) return []
    const organisation = nameOf(request.owner.id)
    if (request.status === 'withdrawn') return m.terms_request_withdrawn({ organisation })
    const hours = Math.max(...shares.map(({ hoursPerWeek }) => hoursPerWeek))
    if (hours <= request.mostLeft) return []
    return m.terms_excess({
      organisation,
      lacking: format.hours(request.mostLeft),
      asked: format.hours(request.hoursPerWeek),
      hours: format.hours(hours),
    })
  })
  const ofOffer =
    hindranceOf({ status, shortfall }, offer) === 'offer' ? [m.terms_offer_withdrawn()] : ofHours(shortfall)
  // One organisation may have withdrawn several, which is said once.
  return [...new Set([...ofOffer, ...perRequest])]
}

function ofHours(shortfall: ArrangementView['shortfall']): string[] {
  return shortfall ? [m.terms_short({ shortfall: shortfallSaid(shortfall) })] : []
}

function isBeingAgreedOn(status: ArrangementView['status']): boolean {
  return agreeingStatuses.some((one) => one === status)
}

/** The requests that terms answer, by their ids, while they are agreed on; without those that cannot be read. */
async function requestsOf({ marketplace }: Services, { status, terms }: ArrangementView): Promise<Market['requests']> {
  const ids = isBeingAgreedOn(status) ? [...new Set(terms.shares.map(({ requestId }) => requestId))] : []
  const requests = await Promise.all(
    ids.map((requestId) => ifAnswered(() => marketplace.request.get.query({ requestId }))),
  )
  return new Map(requests.flatMap((request) => (request ? [[request.id, request]] : [])))
}

/** What parties agree on, in words: who gets how much and when, how, why, and what it costs. */
export async function termsSaid(
  services: Services,
  arrangement: ArrangementView,
  { nameOf, conditionsOf }: Readonly<{ nameOf: (id: string) => string; conditionsOf: ConditionsOf }>,
) {
  const { terms, revisions } = arrangement
  const { offerId } = arrangement.offer
  const [offer, kept, requests, others, referenceOf] = await Promise.all([
    offerOf(services, arrangement),
    conditionsOf(terms),
    requestsOf(services, arrangement),
    othersAbout(services, arrangement),
    referencesOf(services, [offerId, ...new Set(terms.shares.map(({ requestId }) => requestId))]),
  ])
  const warnings = warningsSaid(arrangement, { offer, requests }, nameOf)
  // Where these hours alone are too many, the others are beside the point.
  const competing = offer && warnings.length === 0 ? competingSaid(arrangement, offer, others) : null
  const cost = terms.cost ?? offer?.details ?? null
  const sumsOf = (shares: typeof terms.shares) => {
    const hours = shares.reduce((sum, { period, hoursPerWeek }) => sum + weeksOf(period).length * hoursPerWeek, 0)
    const price = cost?.orePerHour ?? null
    return { inAll: format.number(hours), cost: price === null ? null : format.kronor(price * hours) }
  }
  return {
    hindrance: hindranceOf(arrangement, offer),
    warnings: competing ? [competing] : warnings,
    shares: terms.shares.map((share) => ({
      requestId: share.requestId,
      reference: referenceOf(share.requestId),
      organisation: nameOf(share.organisationId),
      hours: format.extent(share.hoursPerWeek),
      ...sumsOf([share]),
      period: share.period,
    })),
    total: { hours: format.extent(arrangement.hoursPerWeek), ...sumsOf(terms.shares) },
    place: placeWords[terms.place](),
    rationale: terms.rationale,
    messages: revisions
      .filter(({ message }) => message !== '')
      .map(({ number, message, organisation, at }) => ({
        number,
        text: message,
        by: `${organisation.name}, ${format.dateOf(at)}`,
      }))
      .reverse(),
    offer: {
      id: offerId,
      title: offer ? offerTitle(offer) : m.offer_show(),
      reference: referenceOf(offerId),
      said: [...(offer && isBeingAgreedOn(arrangement.status) ? leftSaid(offer) : []), ...conditionsSaid(kept, offer)],
    },
    cost: cost && {
      label: terms.cost ? m.terms_cost() : m.arrangement_cost(),
      text: costSaid(cost),
    },
  }
}

type Fact = Readonly<{ term: string; text: string }>

/** What is left of the offer, which an authority should know before it decides. */
function leftSaid(offer: OfferView): Fact[] {
  return offer.left.length > 0 ? [{ term: m.terms_left(), text: leftOf(offer) }] : []
}

/** What the offer came with when terms were put, for that is agreed on; what it comes with today, which is then said, where that was not kept. */
export function conditionsSaid(kept: OfferConditions | null, offer: Pick<OfferView, 'details'> | null): Fact[] {
  if (kept) return conditionFacts(kept)
  return conditionFacts(offer?.details).map(({ term, text }) => ({ term: m.terms_of_offer_today({ term }), text }))
}

function conditionFacts(said: OfferConditions | undefined): Fact[] {
  if (!said) return []
  const { costBasis, conditions, noticeWeeks, recallClause } = said
  return [
    ...(costBasis ? [{ term: m.terms_cost_basis(), text: costBasis }] : []),
    ...(conditions ? [{ term: m.terms_conditions(), text: conditions }] : []),
    ...(noticeWeeks > 0 ? [{ term: m.term_notice(), text: m.weeks_count({ count: noticeWeeks }) }] : []),
    ...(recallClause ? [{ term: m.term_recall(), text: recallClause }] : []),
  ]
}

/** What the offer came with before and after, each way to say it that there was: empty where nothing was. */
export function conditionsBeside(
  before: OfferConditions,
  after: OfferConditions,
): Readonly<{ term: string; before: string; after: string }>[] {
  const [then, now] = [conditionFacts(before), conditionFacts(after)]
  const textOf = (facts: readonly Fact[], term: string) => facts.find((fact) => fact.term === term)?.text ?? ''
  return [m.terms_cost_basis(), m.terms_conditions(), m.term_notice(), m.term_recall()]
    .map((term) => ({ term, before: textOf(then, term), after: textOf(now, term) }))
    .filter((row) => row.before !== '' || row.after !== '')
}

/** `Timpris, 690 kr per timme`. */
export function costSaid({ costModel, orePerHour }: NonNullable<ArrangementView['terms']['cost']>): string {
  const price = orePerHour === null ? null : m.per_hour({ price: format.kronor(orePerHour) })
  return [costWords[costModel](), price].filter(Boolean).join(', ')
}

type Offered = Readonly<{ cost: TermsView['cost']; comesWith: OfferConditions | null }>

/** To whoever puts new terms: what the offer costs and comes with by now, as far as the terms before them had it otherwise. */
export async function newlyOf(
  { terms, offer }: Pick<ArrangementView, 'terms' | 'offer'>,
  conditionsOf: ConditionsOf,
): Promise<string[]> {
  if (terms.offerVersion === offer.version) return []
  const [then, now] = await Promise.all([conditionsOf(terms), conditionsOf({ offerVersion: offer.version })])
  return newlySaid({ cost: terms.cost, comesWith: then }, { cost: offer.cost, comesWith: now })
}

/** The same, in words; of what is not known of both nothing is said. */
export function newlySaid(then: Offered, now: Offered): string[] {
  const [before, after] = [then.cost && costSaid(then.cost), now.cost && costSaid(now.cost)]
  const conditions = then.comesWith && now.comesWith ? conditionsBeside(then.comesWith, now.comesWith) : []
  return [
    ...(before && after && before !== after ? [m.revise_new_cost({ cost: after })] : []),
    ...conditions
      .filter((row) => row.before !== row.after)
      .map(({ term, after: text }) =>
        text ? m.revise_new_condition({ term, text }) : m.revise_no_condition({ term }),
      ),
  ]
}
