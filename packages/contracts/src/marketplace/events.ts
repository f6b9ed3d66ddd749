import { z } from 'zod'
import { Share } from '../arrangements/events.ts'
import { CivilDate, HoursPerWeek, Id, PeriodInput } from '../command.ts'
import { defineEvent } from '../event.ts'

export const offerKinds = ['competence', 'function', 'staff_time', 'material'] as const
export const placeModes = ['on_site', 'remote', 'hybrid'] as const
export const requestCauses = ['vacancy', 'no_post', 'single_person_dependency', 'temporary_peak', 'project'] as const
export const costModels = ['actual_hours', 'fixed_yearly', 'per_inhabitant', 'per_pupil', 'mixed', 'none'] as const
/** What is known of a licence: `documented` has been shown, `claimed` is the owner's word. */
export const licenceStates = ['none', 'claimed', 'documented'] as const

/** The same hours every week of a stretch. */
export const Segment = z.object({ period: PeriodInput, hoursPerWeek: HoursPerWeek })
export type Segment = z.infer<typeof Segment>

/** Hours left from one Monday to another (exclusive); zero is a fact too. */
export const WeeklyHours = z.object({ fromWeek: CivilDate, toWeek: CivilDate, hoursPerWeek: z.number().min(0) })
export type WeeklyHours = z.infer<typeof WeeklyHours>

/**
 * The municipality where it is or sets out from, as the organisation it is; null in the owner's own place. Not in events from
 * before this was told: those count as the owner's.
 */
const placeOrganisationId = Id.nullable().optional()

/** What matching may know of an offer: codes and numbers, no words and no person. */
export const OfferFacts = z.object({
  offerId: Id,
  version: z.int().positive(),
  kind: z.enum(offerKinds),
  mainCompetence: z.string(),
  otherCompetences: z.array(z.string()),
  licence: z.enum(licenceStates),
  segments: z.array(Segment),
  /** Smallest useful slice, hours per week. */
  slice: HoursPerWeek,
  place: z.enum(placeModes),
  placeOrganisationId,
  /** How far one travels, kilometres one way; null when only remote. */
  travelKm: z.int().min(0).nullable(),
  focusAreas: z.array(z.string()),
  /** ISO 639-1 codes beside Swedish. */
  languages: z.array(z.string()),
  costModel: z.enum(costModels),
  /** Öre per hour excluding VAT; null when the model has no hourly price. */
  orePerHour: z.int().min(0).nullable(),
  confirmedUntil: CivilDate,
  /** The first of its versions that came with what it comes with (`OfferConditions`). Not in events from before this was told. */
  conditionsVersion: z.int().positive().optional(),
  left: z.array(WeeklyHours),
})
export type OfferFacts = z.infer<typeof OfferFacts>

/** What matching may know of a request. */
export const RequestFacts = z.object({
  requestId: Id,
  version: z.int().positive(),
  requiredCompetences: z.array(z.string()).min(1),
  preferredCompetences: z.array(z.string()),
  licenceRequired: z.boolean(),
  segments: z.array(Segment),
  /** The least that helps, hours per week. */
  least: HoursPerWeek,
  /** Whether the dates may move. */
  periodFixed: z.boolean(),
  place: z.enum(placeModes),
  placeOrganisationId,
  cause: z.enum(requestCauses),
  focusAreas: z.array(z.string()),
  languages: z.array(z.string()),
  /** Highest cost in öre per hour excluding VAT; null when not said. */
  highestOrePerHour: z.int().min(0).nullable(),
  /** What is still not covered, week by week. */
  left: z.array(WeeklyHours),
})
export type RequestFacts = z.infer<typeof RequestFacts>

const Closed = z.object({ reason: z.enum(['withdrawn', 'paused', 'expired']) })
/** Why nobody can propose on it any more. */
export type CloseReason = z.infer<typeof Closed>['reason']

export const offerPublished = defineEvent('marketplace.offer_published.v1', 'offer', OfferFacts)
export const offerChanged = defineEvent('marketplace.offer_changed.v1', 'offer', OfferFacts)
export const offerWithdrawn = defineEvent('marketplace.offer_withdrawn.v1', 'offer', Closed.extend({ offerId: Id }))
export const requestPublished = defineEvent('marketplace.request_published.v1', 'request', RequestFacts)
export const requestChanged = defineEvent('marketplace.request_changed.v1', 'request', RequestFacts)
export const requestWithdrawn = defineEvent(
  'marketplace.request_withdrawn.v1',
  'request',
  Closed.extend({ requestId: Id }),
)

/** Hours of the offer are held for an arrangement; `left` is what remains for others. */
export const capacityReserved = defineEvent(
  'marketplace.capacity_reserved.v1',
  'offer',
  z.object({ offerId: Id, arrangementId: Id, shares: z.array(Share), left: z.array(WeeklyHours) }),
)

/** The ledger said no. Nothing is held. */
export const capacityRefused = defineEvent(
  'marketplace.capacity_refused.v1',
  'offer',
  z.object({
    offerId: Id,
    arrangementId: Id,
    reason: z.enum(['not_enough', 'not_open']),
    /**
     * The first week that falls short, the hours then left and asked for, and how many weeks do, which is not said in refusals from before it was
     * counted; null when the offer is not open.
     */
    shortfall: z
      .object({ week: CivilDate, left: z.number(), asked: z.number(), weeks: z.int().positive().optional() })
      .nullable(),
  }),
)

/** Hours held for an arrangement are free again (from a day on, when it ended early). */
export const capacityReleased = defineEvent(
  'marketplace.capacity_released.v1',
  'offer',
  z.object({ offerId: Id, arrangementId: Id, left: z.array(WeeklyHours) }),
)

/** What remains uncovered of a request changed because hours were reserved or released. */
export const requestCoverageChanged = defineEvent(
  'marketplace.request_coverage_changed.v1',
  'request',
  z.object({ requestId: Id, arrangementId: Id, left: z.array(WeeklyHours) }),
)
