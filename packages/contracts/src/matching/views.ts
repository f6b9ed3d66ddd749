import { z } from 'zod'
import { Command, HoursPerWeek, Id, PeriodInput } from '../command.ts'
import { placeModes, requestCauses } from '../marketplace/events.ts'
import { cursorPage, mostOnPage, PageInput } from '../page.ts'
import { Improvement, MatchFactor } from './factors.ts'

/**
 * How much of the request a match serves, best first:
 * `full` all hours in all weeks · `partial` all weeks, fewer hours · `part_of_period` some of the weeks ·
 * `near` almost: the competence is only related, a required licence is lacking, or the hours are too few to help.
 */
export const matchGroups = ['full', 'partial', 'part_of_period', 'near'] as const
export type MatchGroup = (typeof matchGroups)[number]

/** The groups that serve a request; a near miss does not. */
export const servingGroups = ['full', 'partial', 'part_of_period'] as const satisfies readonly MatchGroup[]

/** The side of a match that offers, as matching knows it: no words, no person. Titles come from marketplace. */
export const OfferSide = z.object({
  offerId: Id,
  organisationId: Id,
  mainCompetence: z.string(),
  place: z.enum(placeModes),
  /** The municipality it sets out from; null in its owner's own place. */
  placeOrganisationId: Id.nullable(),
  slice: HoursPerWeek,
  /** Stale after this day. */
  confirmedUntil: z.string(),
})
export type OfferSide = z.infer<typeof OfferSide>

/** The side of a match that asks. */
export const RequestSide = z.object({
  requestId: Id,
  organisationId: Id,
  /** The first of the required competences. */
  mainCompetence: z.string(),
  place: z.enum(placeModes),
  least: HoursPerWeek,
  cause: z.enum(requestCauses),
})
export type RequestSide = z.infer<typeof RequestSide>

/** How well one offer serves one request, with every hit and every miss. */
export const MatchView = z.object({
  offer: OfferSide,
  request: RequestSide,
  /** 0–100: the sum of the factors' points. */
  score: z.int().min(0).max(100),
  group: z.enum(matchGroups),
  /** Hours per week the offer can give the request (10 of the 12 asked for), and what is still asked for. */
  hoursPerWeek: z.number().min(0),
  askedHoursPerWeek: z.number().min(0),
  /** The days in which it can; null in a near miss with too few hours. */
  period: PeriodInput.nullable(),
  /** As the crow flies, whole kilometres; null when a position is unknown. */
  km: z.int().min(0).nullable(),
  /** All nine, in the order of the published rules. */
  factors: z.array(MatchFactor),
  /** What would gain most first. */
  improvements: z.array(Improvement),
  /** When this match was last computed to something else than before. */
  computedAt: z.string(),
})
export type MatchView = z.infer<typeof MatchView>

/** Offers that together cover more of a request than any of them alone. */
export const CombinationView = z.object({
  parts: z.array(
    z.object({
      offer: OfferSide,
      hoursPerWeek: HoursPerWeek,
      /** The days in which it gives them, and how many weeks that asks for hours they are. */
      period: PeriodInput,
      weeks: z.int().positive(),
    }),
  ),
  /** Hours over the whole period: asked for, and covered. */
  askedHours: z.number().min(0),
  coveredHours: z.number().min(0),
  /** What stays open: the most hours in any week, and how many weeks; null when nothing does. */
  open: z.object({ hoursPerWeek: z.number(), weeks: z.int(), period: PeriodInput }).nullable(),
})
export type CombinationView = z.infer<typeof CombinationView>

export const MatchesForRequestInput = z.object({ requestId: Id })

export const MatchesForRequest = z.object({
  request: RequestSide,
  /** When the request was last matched; null while the first matching is under way. */
  computedAt: z.string().nullable(),
  /** Best first within each group. */
  groups: z.object({
    full: z.array(MatchView),
    partial: z.array(MatchView),
    part_of_period: z.array(MatchView),
    near: z.array(MatchView),
  }),
  /** Where none gives all of it and several together give more than any alone; null otherwise. */
  combination: CombinationView.nullable(),
  /** Fifty are kept, and other offers may fit as well. */
  more: z.boolean(),
})
export type MatchesForRequest = z.infer<typeof MatchesForRequest>

/** Which of the reader's own offers serve a request, best first; near misses do not. `more` as in `MatchesForRequest`. */
export const OwnMatchesForRequest = z.object({ items: z.array(MatchView), more: z.boolean() })
export type OwnMatchesForRequest = z.infer<typeof OwnMatchesForRequest>

export const ServingCountsInput = z.object({ requestIds: z.array(Id).max(mostOnPage) })

/** How many offers serve each of the reader's own open requests; near misses do not. */
export const ServingCounts = z.object({
  items: z.array(
    z.object({
      requestId: Id,
      serving: z.int(),
      /** As many are kept as there is room for, and other offers may fit as well. */
      more: z.boolean(),
      /** The first matching is still under way. */
      computing: z.boolean(),
    }),
  ),
})
export type ServingCounts = z.infer<typeof ServingCounts>

/** It may serve other requests as well, for which as many better offers are kept as there is room for. */
const mayServeMore = z.boolean()

export const ServedCountsInput = z.object({ offerIds: z.array(Id).max(mostOnPage) })

/** How many open requests each of the reader's own open offers serves; near misses do not. */
export const ServedCounts = z.object({
  items: z.array(
    z.object({
      offerId: Id,
      served: z.int(),
      more: mayServeMore,
      /** None has been found yet and its matching is under way. */
      computing: z.boolean(),
    }),
  ),
})
export type ServedCounts = z.infer<typeof ServedCounts>

export const MatchesForOfferInput = PageInput.extend({ offerId: Id })

/** Open requests the offer could serve, best first. */
export const MatchesForOffer = cursorPage(MatchView).extend({
  more: mayServeMore,
  /** When the last of all of them was computed, on whatever page it stands; null when there are none. */
  newest: z.string().nullable(),
})
export type MatchesForOffer = z.infer<typeof MatchesForOffer>

export const MatchInput = z.object({ requestId: Id, offerId: Id })

/** "I have looked at the matches of this request" (or of this offer): what is there now is no longer new. */
export const SeeMatches = Command.extend({ subject: z.enum(['request', 'offer']), id: Id })
export type SeeMatches = z.infer<typeof SeeMatches>

export const SeenMatches = z.object({ subject: z.enum(['request', 'offer']), id: Id, seenAt: z.string() })
export type SeenMatches = z.infer<typeof SeenMatches>

const news = {
  /** Matches since someone in the organisation last looked. */
  newMatches: z.int().positive(),
  bestScore: z.int().min(0).max(100),
  bestGroup: z.enum(servingGroups),
  /** When the first of the new matches appeared. */
  since: z.string(),
}

/** What matching puts under "Att göra". */
export const MatchTask = z.discriminatedUnion('kind', [
  /** Your request has new matches that serve it. */
  z.object({ kind: z.literal('request_has_matches'), request: RequestSide, ...news }),
  /** Your offer would serve requests that no arrangement has covered. */
  z.object({ kind: z.literal('offer_fits_requests'), offer: OfferSide, ...news }),
  /** Your request has been invited to a pooled need, until you join or turn it down. */
  z.object({
    kind: z.literal('pooled_need_invitation'),
    request: RequestSide,
    pooledNeedId: Id,
    since: z.string(),
  }),
])
export type MatchTask = z.infer<typeof MatchTask>

/** Newest first; at most 100 of each kind. */
export const MatchTasks = z.object({ items: z.array(MatchTask) })
export type MatchTasks = z.infer<typeof MatchTasks>

export const UnmetRequest = z.object({
  request: RequestSide,
  /** Since when it is open. */
  since: z.string(),
  /** Hours per week still asked for (the most in any week), and the days. */
  askedHoursPerWeek: z.number().min(0),
  asked: PeriodInput,
  nearMisses: z.int().min(0),
  /** The best near miss; null when there is none. */
  bestScore: z.int().min(0).max(100).nullable(),
})
export type UnmetRequest = z.infer<typeof UnmetRequest>

/** Open requests that no offer serves, the longest open first. */
export const UnmetRequests = cursorPage(UnmetRequest)
export type UnmetRequests = z.infer<typeof UnmetRequests>
