import { z } from 'zod'
import { Command, HoursPerWeek, Id, PeriodInput } from '../command.ts'
import { cursorPage } from '../page.ts'
import { MatchFactor } from './factors.ts'
import { matchGroups, OfferSide } from './views.ts'

/** As many requests make one pool: the shortest way round them is exact up to here. */
export const mostPooledMembers = 9

/** Why a request cannot be one with others. */
export const poolMisfits = ['other_competence', 'other_period', 'same_organisation', 'full'] as const
export type PoolMisfit = (typeof poolMisfits)[number]

/** Starts a pooled need of these requests: the own one joins, the others are invited. The coordinator of the county invites all. */
export const StartPooledNeed = Command.extend({
  requestIds: z
    .array(Id)
    .min(2)
    .max(mostPooledMembers)
    .refine((ids) => new Set(ids).size === ids.length, { error: 'shares.request_twice' }),
})
export type StartPooledNeed = z.infer<typeof StartPooledNeed>

/** It can be turned around at any time, so it carries no version. */
const OneRequest = Command.extend({ pooledNeedId: Id, requestId: Id })

/** The own request becomes part of a pooled need; an invitation to another is turned down with that. */
export const JoinPooledNeed = OneRequest
export type JoinPooledNeed = z.infer<typeof JoinPooledNeed>

/** The own request leaves a pooled need, or its invitation is turned down. */
export const LeavePooledNeed = OneRequest
export type LeavePooledNeed = z.infer<typeof LeavePooledNeed>

/** The coordinator of the county invites one more request to a pooled need. */
export const InviteToPooledNeed = OneRequest
export type InviteToPooledNeed = z.infer<typeof InviteToPooledNeed>

export const PooledNeedReceipt = z.object({ pooledNeedId: Id })
export type PooledNeedReceipt = z.infer<typeof PooledNeedReceipt>

/** A request in a pool: whose, and the most hours per week it still asks for. */
export const PooledMember = z.object({
  requestId: Id,
  organisationId: Id,
  /** The municipality where it is; null in its owner's own place. */
  placeOrganisationId: Id.nullable(),
  hoursPerWeek: z.number().min(0),
})
export type PooledMember = z.infer<typeof PooledMember>

const Together = {
  /** The competence the requests are pooled by. */
  competence: z.string(),
  /** The most hours per week they ask for together, in the days all of them ask for; null when there are no such days left. */
  hoursPerWeek: z.number().min(0),
  period: PeriodInput.nullable(),
  /** The shortest round trip through where the members' requests are, as the crow flies, whole kilometres; null when a seat is unknown. */
  km: z.int().min(0).nullable(),
}

/** Requests that would together fill a share worth offering, the nearest to each other first. */
export const PooledSuggestion = z.object({ ...Together, members: z.array(PooledMember) })
export type PooledSuggestion = z.infer<typeof PooledSuggestion>

/** Several requests seen as one. The figures are those of the members that have joined; of all, while fewer than two have. */
export const PooledNeedView = z.object({
  pooledNeedId: Id,
  ...Together,
  /** In the order in which they joined; the invited ones last, by name. */
  members: z.array(PooledMember.extend({ joined: z.boolean() })),
  startedBy: Id,
  startedAt: z.string(),
  /** False when none of its requests is open any more. */
  open: z.boolean(),
})
export type PooledNeedView = z.infer<typeof PooledNeedView>

/** How well one offer serves a pooled need by the published rules: the need is scored as one request. */
export const PooledMatch = z.object({
  pooledNeed: PooledNeedView,
  offer: OfferSide,
  score: z.int().min(0).max(100),
  group: z.enum(matchGroups),
  hoursPerWeek: z.number().min(0),
  askedHoursPerWeek: z.number().min(0),
  period: PeriodInput.nullable(),
  /** The round trip from where the offer sets out through where the members' requests are, whole kilometres; null when a seat is unknown. */
  km: z.int().min(0).nullable(),
  factors: z.array(MatchFactor),
  /** What each would get; members for whom too little is left have none. */
  shares: z.array(PooledMember.extend({ hoursPerWeek: HoursPerWeek })),
})
export type PooledMatch = z.infer<typeof PooledMatch>

export const PooledNeedInput = z.object({ pooledNeedId: Id })

export const PooledNeedDetails = z.object({
  pooledNeed: PooledNeedView,
  /** The own request in it, invited or joined; or the own open one that could join. */
  own: z
    .object({
      requestId: Id,
      joined: z.boolean(),
      /** Another pooled need it is invited to: joining this one turns that invitation down. */
      invitedTo: Id.nullable(),
    })
    .nullable(),
  /** The requests that could be invited to it, the longest open first; told to the coordinator of the county. */
  couldInvite: z.array(PooledMember),
  /** Offers that serve it, best first; told to those who have joined and to the coordinator of the county. */
  matches: z.array(PooledMatch),
})
export type PooledNeedDetails = z.infer<typeof PooledNeedDetails>

export const PooledNeedsForRequestInput = z.object({ requestId: Id })

export const PooledNeedsForRequest = z.object({
  /** The one it is part of, or invited to. */
  pooledNeed: PooledNeedView.nullable(),
  joined: z.boolean(),
  /** Those it could join; told to its owner and the coordinator of its county. */
  couldJoin: z.array(PooledNeedView),
  /** What it could start; told to the same. */
  suggestion: PooledSuggestion.nullable(),
})
export type PooledNeedsForRequest = z.infer<typeof PooledNeedsForRequest>

export const PooledNeedsForOfferInput = z.object({ offerId: Id })

/** The pooled needs an own offer serves, best first. */
export const PooledNeedsForOffer = z.object({ items: z.array(PooledMatch) })
export type PooledNeedsForOffer = z.infer<typeof PooledNeedsForOffer>

/** The open pooled needs of the reader's county, newest first; of the whole country for who belongs to none. */
export const PooledNeedPage = cursorPage(PooledNeedView)
export type PooledNeedPage = z.infer<typeof PooledNeedPage>

/** What could be pooled in the coordinator's county. */
export const PooledSuggestions = z.object({ items: z.array(PooledSuggestion) })
export type PooledSuggestions = z.infer<typeof PooledSuggestions>
