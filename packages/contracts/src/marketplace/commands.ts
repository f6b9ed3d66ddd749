import { z } from 'zod'
import { CivilDate, Command, CountyCode, HoursPerWeek, Id, PeriodInput, Version } from '../command.ts'
import { PageInput } from '../page.ts'
import { freeText } from '../text.ts'
import { OfferDetails, RequestDetails } from './details.ts'
import { OfferDraft, RequestDraft } from './drafts.ts'
import { offerKinds, placeModes, requestCauses } from './events.ts'
import { CompetenceGroup, CompetenceSlug, FocusArea } from './vocabulary.ts'

/** What somebody types to find something. */
const SearchText = freeText(100)

/** Of one that is there already one says the version one saw; of a new one there is none. */
const versionRequired = { error: 'version.required', path: ['version'] }
/** What was no draft before says all of it. */
const detailsRequired = { error: 'field.required', path: ['details'] }

// Offers. `version` is the one its author saw; a stale one is refused as `conflict offer.stale` and told what changed.
const OnOffer = Command.extend({ offerId: Id, version: Version })

/** Keeps a draft while it is typed; without `offerId` it begins one. */
export const SaveOfferDraft = Command.extend({
  offerId: Id.optional(),
  version: Version.optional(),
  details: OfferDraft,
}).refine(({ offerId, version }) => (offerId === undefined) === (version === undefined), versionRequired)
export type SaveOfferDraft = z.infer<typeof SaveOfferDraft>

/** Publishes a draft as it was saved, a draft with these details instead, or details without any draft before. */
export const PublishOffer = Command.extend({
  offerId: Id.optional(),
  version: Version.optional(),
  details: OfferDetails.optional(),
})
  .refine(({ offerId, version }) => (offerId === undefined) === (version === undefined), versionRequired)
  .refine(({ offerId, details }) => offerId !== undefined || details !== undefined, detailsRequired)
export type PublishOffer = z.infer<typeof PublishOffer>

/** Replaces what a published or paused offer says. */
export const ChangeOffer = OnOffer.extend({ details: OfferDetails })
export type ChangeOffer = z.infer<typeof ChangeOffer>
export const PauseOffer = OnOffer
export type PauseOffer = z.infer<typeof PauseOffer>
export const ResumeOffer = OnOffer
export type ResumeOffer = z.infer<typeof ResumeOffer>
export const WithdrawOffer = OnOffer
export type WithdrawOffer = z.infer<typeof WithdrawOffer>
export const DiscardOfferDraft = OnOffer
export type DiscardOfferDraft = z.infer<typeof DiscardOfferDraft>
/** The owner stands by the offer until a day; without one for another 90 days, or until it begins. */
export const ConfirmOffer = OnOffer.extend({ until: CivilDate.optional() })
export type ConfirmOffer = z.infer<typeof ConfirmOffer>

// Requests, the same.
const OnRequest = Command.extend({ requestId: Id, version: Version })

export const SaveRequestDraft = Command.extend({
  requestId: Id.optional(),
  version: Version.optional(),
  details: RequestDraft,
}).refine(({ requestId, version }) => (requestId === undefined) === (version === undefined), versionRequired)
export type SaveRequestDraft = z.infer<typeof SaveRequestDraft>

export const PublishRequest = Command.extend({
  requestId: Id.optional(),
  version: Version.optional(),
  details: RequestDetails.optional(),
})
  .refine(({ requestId, version }) => (requestId === undefined) === (version === undefined), versionRequired)
  .refine(({ requestId, details }) => requestId !== undefined || details !== undefined, detailsRequired)
export type PublishRequest = z.infer<typeof PublishRequest>

export const ChangeRequest = OnRequest.extend({ details: RequestDetails })
export type ChangeRequest = z.infer<typeof ChangeRequest>
export const PauseRequest = OnRequest
export type PauseRequest = z.infer<typeof PauseRequest>
export const ResumeRequest = OnRequest
export type ResumeRequest = z.infer<typeof ResumeRequest>
export const WithdrawRequest = OnRequest
export type WithdrawRequest = z.infer<typeof WithdrawRequest>
export const DiscardRequestDraft = OnRequest
export type DiscardRequestDraft = z.infer<typeof DiscardRequestDraft>

// Reading.
const filters = {
  /** Words in the text, and names and aliases of competences; typos are tolerated. */
  text: SearchText.optional(),
  competences: z.array(CompetenceSlug).max(20).optional(),
  groups: z.array(CompetenceGroup).max(12).optional(),
  organisationIds: z.array(Id).max(50).optional(),
  counties: z.array(CountyCode).max(21).optional(),
  places: z.array(z.enum(placeModes)).optional(),
  focusAreas: z.array(FocusArea).max(12).optional(),
  /** Shares at least one day with this. */
  period: PeriodInput.optional(),
  /** At least this many hours left in some week. */
  leastHours: HoursPerWeek.optional(),
}

const OfferFilters = z.object({ ...filters, kinds: z.array(z.enum(offerKinds)).optional() })
const RequestFilters = z.object({ ...filters, causes: z.array(z.enum(requestCauses)).optional() })

/** `relevance` needs a text, and is the order when there is one and no other is asked for. */
export const sortOrders = ['newest', 'relevance', 'starts', 'most_left'] as const
export type SortOrder = (typeof sortOrders)[number]
const sorted = { sort: z.enum(sortOrders).optional() }

export const ListOffers = OfferFilters.extend({ ...sorted, ...PageInput.shape })
export type ListOffers = z.infer<typeof ListOffers>
export const CountOffers = OfferFilters
export type CountOffers = z.infer<typeof CountOffers>
export const GetOffer = z.object({ offerId: Id })

/** At one of its versions. */
export const GetOfferConditions = GetOffer.extend({ version: z.int32().positive() })
export type GetOfferConditions = z.infer<typeof GetOfferConditions>

export const ListRequests = RequestFilters.extend({ ...sorted, ...PageInput.shape })
export type ListRequests = z.infer<typeof ListRequests>
export const CountRequests = RequestFilters
export type CountRequests = z.infer<typeof CountRequests>
export const GetRequest = z.object({ requestId: Id })

/** How the requests of a county have fared. */
export const GetRequestFigures = z.object({ county: CountyCode })
export type GetRequestFigures = z.infer<typeof GetRequestFigures>

export const statuses = ['draft', 'published', 'paused', 'withdrawn', 'expired'] as const
export type Status = (typeof statuses)[number]

/** The organisation's own, of any status, last changed first. */
export const ListMine = PageInput.extend({
  statuses: z.array(z.enum(statuses)).optional(),
  /** Only what the caller has begun, and no colleague. */
  begunByMe: z.boolean().optional(),
})
export type ListMine = z.infer<typeof ListMine>

export const ListCompetences = PageInput.extend({ group: CompetenceGroup.optional() })
export type ListCompetences = z.infer<typeof ListCompetences>
export const GetCompetence = z.object({ slug: CompetenceSlug })
export const SuggestCompetences = z.object({ text: SearchText, limit: z.int().min(1).max(20).default(8) })
export type SuggestCompetences = z.infer<typeof SuggestCompetences>

/** The ledger of an offer, week by week from a day on (its beginning, when none is said). */
export const GetLedger = z.object({
  offerId: Id,
  from: CivilDate.optional(),
  weeks: z.int().min(1).max(160).default(60),
})
export type GetLedger = z.infer<typeof GetLedger>

/** Sums per organisation of a county, in hours over a period; without one from this week on. */
export const GetSummary = z.object({
  county: CountyCode,
  period: PeriodInput.optional(),
})
export type GetSummary = z.infer<typeof GetSummary>

/** What offers and requests are called; any that was never published is left out of the answer. */
export const GetHeadings = z.object({ ids: z.array(Id).max(100) })
export type GetHeadings = z.infer<typeof GetHeadings>

export const ListTasks = PageInput
export type ListTasks = z.infer<typeof ListTasks>
