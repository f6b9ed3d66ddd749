import type { EventDefinition } from '@samkraft/contracts'
import {
  type CloseReason,
  confirmedDays,
  offerChanged,
  type OfferConditions,
  OfferDetails,
  offerPublished,
  offerWithdrawn,
  requestChanged,
  RequestDetails,
  requestPublished,
  requestWithdrawn,
  type WeeklyHours,
} from '@samkraft/contracts/marketplace'
import type { z } from 'zod'
import { type Hold, leftOf, overheldWeeks, uncoveredOf } from '../domain/ledger.ts'
import type { ListingDetails, NameOf, Noun, Published, Shown, ToldBesides } from '../domain/listing.ts'
import { offerFacts, settleOffer, type SettledOffer, showOffer } from '../domain/offer.ts'
import { requestFacts, showRequest } from '../domain/request.ts'

/** What tells offers from requests. Everything else about them is written once, for both. */
export type Kind<Given, Details extends ListingDetails> = Readonly<{
  noun: Noun
  /** What must hold before it can be published. */
  schema: z.ZodType<Given>
  /** Settles what its author left open. */
  settle(given: Given, today: string): Details
  /** What it is first of all about, and what it is about as well. */
  competences(details: Details): { main: readonly string[]; other: readonly string[] }
  /** The kind of an offer, the cause of a request: what lists are filtered by. */
  label(details: Details): string
  /** All of it, and what is left of it, as stretches of weeks. */
  extent(details: Details, holds: readonly Hold[]): readonly WeeklyHours[]
  /** Weeks from this day on in which more is held of it than these details would leave. */
  overheld(details: Details, holds: readonly Hold[], today: string): readonly { held: number }[]
  confirmedUntil(details: Details): string | null
  /** What it comes with, which is kept of each version: what others agree on goes by it. */
  conditions(details: Details): OfferConditions | null
  show(listing: Published<Details>, nameOf: NameOf, today: string): Shown<object, object>
  facts(listing: Published<Details>, besides: ToldBesides): object
  closed(id: string, reason: CloseReason): object
  events: Readonly<Record<'published' | 'changed' | 'withdrawn', EventDefinition>>
}>

export const offers: Kind<OfferDetails, SettledOffer> = {
  noun: 'offer',
  schema: OfferDetails,
  settle: (given, today) => settleOffer(given, today, confirmedDays),
  competences: ({ mainCompetence, otherCompetences }) => ({ main: [mainCompetence], other: otherCompetences }),
  label: ({ kind }) => `kind.${kind}`,
  extent: (details, holds) => leftOf(details, holds),
  overheld: (details, holds, today) => overheldWeeks(details, holds, today),
  confirmedUntil: ({ confirmedUntil }) => confirmedUntil,
  conditions: (details) => details,
  show: showOffer,
  facts: offerFacts,
  closed: (offerId, reason) => ({ offerId, reason }),
  events: { published: offerPublished, changed: offerChanged, withdrawn: offerWithdrawn },
}

export const requests: Kind<RequestDetails, RequestDetails> = {
  noun: 'request',
  schema: RequestDetails,
  settle: (given) => given,
  competences: ({ requiredCompetences, preferredCompetences }) => ({
    main: requiredCompetences,
    other: preferredCompetences,
  }),
  label: ({ cause }) => `cause.${cause}`,
  extent: ({ segments }, holds) => uncoveredOf(segments, holds),
  // A request may be lowered below what covers it: then some of that help is more than is asked.
  overheld: () => [],
  confirmedUntil: () => null,
  conditions: () => null,
  show: showRequest,
  facts: requestFacts,
  closed: (requestId, reason) => ({ requestId, reason }),
  events: { published: requestPublished, changed: requestChanged, withdrawn: requestWithdrawn },
}
