import type { ArrangementView } from '@samkraft/contracts/arrangements'
import type { OfferView } from '@samkraft/contracts/marketplace'
import { format, m } from '#lib/i18n.ts'
import { costWords, offerTitle, placeWords } from '#lib/marketplace/words.ts'
import { refusal, unreachable } from '../refusal.ts'
import type { Services } from '../services.ts'

/** The offer an arrangement is about, as it stands now; null when it cannot be read, for the arrangement stands without it. */
export async function offerOf({ marketplace }: Services, { offer }: ArrangementView): Promise<OfferView | null> {
  try {
    return await marketplace.offer.get.query({ offerId: offer.offerId })
  } catch (cause) {
    if (!refusal(cause) && !unreachable(cause)) throw cause
    return null
  }
}

/** What parties agree on, in words: who gets how much and when, how, why, and what the offer says of cost. */
export function termsSaid(arrangement: ArrangementView, nameOf: (id: string) => string, offer: OfferView | null) {
  const { terms, revisions } = arrangement
  return {
    shares: terms.shares.map((share) => ({
      requestId: share.requestId,
      organisation: nameOf(share.organisationId),
      hours: format.extent(share.hoursPerWeek),
      period: format.period(share.period),
      weeks: format.weeks(share.period),
    })),
    total: format.extent(arrangement.hoursPerWeek),
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
      cost: offer && costSaid(offer),
    },
  }
}

/** `Timpris, 690 kr per timme`. */
export function costSaid({ details: { costModel, orePerHour } }: OfferView): string {
  const price = orePerHour === null ? null : m.per_hour({ price: format.kronor(orePerHour) })
  return [costWords[costModel](), price].filter(Boolean).join(', ')
}
