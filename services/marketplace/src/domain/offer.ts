import type { OfferDetails, OfferFacts, OfferItem, OfferView } from '@samkraft/contracts/marketplace'
import { addDays } from '@samkraft/kernel'
import {
  mostHours,
  type NameOf,
  type Published,
  type Shown,
  spanOf,
  type ToldBesides,
  weeksThatCount,
} from './listing.ts'

/** What an offer says, the day it is confirmed until settled. */
export type SettledOffer = OfferDetails & { confirmedUntil: string }

export type PublishedOffer = Published<SettledOffer>

/** Without hours nothing can be cut in slices; an event still has to name a smallest one. */
const smallestSlice = 0.25

/** Settles what its author left open: until when the offer stands. */
export function settleOffer(details: OfferDetails, today: string, days: number): SettledOffer {
  return { ...details, confirmedUntil: details.confirmedUntil ?? standsUntil(details, today, days) }
}

/** An offer stands for `days`, and at least until it begins: nobody can rely on one that is doubted before its first day. */
export function standsUntil({ segments }: Pick<OfferDetails, 'segments'>, today: string, days: number): string {
  const usual = addDays(today, days)
  const begins = spanOf(segments)?.from ?? usual
  return begins > usual ? begins : usual
}

/** Codes and numbers for others; no words. */
export function offerFacts({ id, version, details, left }: PublishedOffer, besides: ToldBesides): OfferFacts {
  const { kind, mainCompetence, otherCompetences, licence, segments, slice, place, travelKm } = details
  const { focusAreas, languages, costModel, orePerHour, confirmedUntil } = details
  return {
    offerId: id,
    version,
    kind,
    mainCompetence,
    otherCompetences,
    licence,
    segments,
    slice: slice ?? smallestSlice,
    place,
    travelKm,
    focusAreas,
    languages,
    costModel,
    orePerHour,
    confirmedUntil,
    ...besides,
    left: [...left],
  }
}

/** What everybody reads. `today` decides whether its owner still stands by it, and which weeks are still to come. */
export function showOffer(offer: PublishedOffer, nameOf: NameOf, today: string): Shown<OfferItem, OfferView> {
  const { id, reference, version, status, owner, details, at, publishedAt, changedAt, left } = offer
  const mainCompetence = nameOf(details.mainCompetence)
  const otherCompetences = details.otherCompetences.map(nameOf)
  const item: OfferItem = {
    id,
    reference,
    version,
    status,
    title: details.title,
    owner,
    place: details.place,
    period: spanOf(details.segments),
    hoursPerWeek: mostHours(details.segments),
    mostLeft: mostHours(weeksThatCount(offer, left, today)),
    left: [...left],
    openUntil: details.openUntil,
    publishedAt,
    kind: details.kind,
    mainCompetence,
    travelKm: details.travelKm,
    confirmedUntil: details.confirmedUntil,
    stale: details.confirmedUntil < today,
  }
  return {
    item,
    more: { details, otherCompetences, at, changedAt },
    words: {
      name: [details.title, mainCompetence.sv, mainCompetence.en].join(' '),
      beside: [...otherCompetences.flatMap(({ sv, en }) => [sv, en]), owner.name, owner.shortName, reference].join(' '),
      text: [details.description, details.conditions, details.costBasis, at?.name].join(' '),
    },
  }
}
