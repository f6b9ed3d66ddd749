import { agreeingStatuses, type ArrangementView } from '@samkraft/contracts/arrangements'
import type { OfferView } from '@samkraft/contracts/marketplace'
import { weeksOf } from '@samkraft/kernel'
import { format, m } from '#lib/i18n.ts'
import { costWords, offerTitle, placeWords } from '#lib/marketplace/words.ts'
import { ifAnswered } from '../refusal.ts'
import type { Services } from '../services.ts'

/** The offer an arrangement is about, as it stands now; null when it cannot be read, for the arrangement stands without it. */
export function offerOf({ marketplace }: Services, { offer }: ArrangementView): Promise<OfferView | null> {
  return ifAnswered(() => marketplace.offer.get.query({ offerId: offer.offerId }))
}

/** While it is being agreed on: whose request would get more than it still lacks. Empty while requests cannot be read. */
async function excessSaid(
  { marketplace }: Services,
  { status, terms }: ArrangementView,
  nameOf: (id: string) => string,
): Promise<string[]> {
  if (!agreeingStatuses.some((one) => one === status)) return []
  const byRequest = [...Map.groupBy(terms.shares, ({ requestId }) => requestId)]
  const requests = await Promise.all(
    byRequest.map(([requestId]) => ifAnswered(() => marketplace.request.get.query({ requestId }))),
  )
  return byRequest.flatMap(([, shares], at) => {
    const request = requests[at]
    const hours = Math.max(...shares.map(({ hoursPerWeek }) => hoursPerWeek))
    if (!request || hours <= request.mostLeft) return []
    return m.terms_excess({
      organisation: nameOf(request.owner.id),
      lacking: format.hours(request.mostLeft),
      asked: format.hours(request.hoursPerWeek),
      hours: format.hours(hours),
    })
  })
}

/** What parties agree on, in words: who gets how much and when, how, why, and what it costs. */
export async function termsSaid(services: Services, arrangement: ArrangementView, nameOf: (id: string) => string) {
  const { terms, revisions } = arrangement
  const [offer, excess] = await Promise.all([offerOf(services, arrangement), excessSaid(services, arrangement, nameOf)])
  const cost = terms.cost ?? offer?.details ?? null
  const sumsOf = (shares: typeof terms.shares) => {
    const hours = shares.reduce((sum, { period, hoursPerWeek }) => sum + weeksOf(period).length * hoursPerWeek, 0)
    const price = cost?.orePerHour ?? null
    return { inAll: format.number(hours), cost: price === null ? null : format.kronor(price * hours) }
  }
  return {
    excess,
    shares: terms.shares.map((share) => ({
      requestId: share.requestId,
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
      id: arrangement.offer.offerId,
      title: offer ? offerTitle(offer) : m.offer_show(),
    },
    cost: cost && {
      label: terms.cost ? m.terms_cost() : m.arrangement_cost(),
      text: costSaid(cost),
    },
  }
}

/** `Timpris, 690 kr per timme`. */
export function costSaid({ costModel, orePerHour }: NonNullable<ArrangementView['terms']['cost']>): string {
  const price = orePerHour === null ? null : m.per_hour({ price: format.kronor(orePerHour) })
  return [costWords[costModel](), price].filter(Boolean).join(', ')
}
