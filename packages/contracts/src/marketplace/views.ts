import { z } from 'zod'
import { statuses } from './commands.ts'
import { OfferDetails, RequestDetails } from './details.ts'
import { OfferDraft, RequestDraft } from './drafts.ts'
import { offerKinds, placeModes, requestCauses, WeeklyHours } from './events.ts'
import { CompetenceName } from './vocabulary.ts'

const Period = z.object({ from: z.string(), to: z.string() })

/** Whose it is. */
export const Owner = z.object({
  id: z.string(),
  name: z.string(),
  shortName: z.string(),
  municipalityCode: z.string().nullable(),
  countyCode: z.string().nullable(),
})
export type Owner = z.infer<typeof Owner>

const Place = z.object({ code: z.string(), name: z.string() })

const listed = {
  id: z.string(),
  /** People-readable and gap-free per organisation and year: `NORBERG-2027-B003`. */
  reference: z.string(),
  version: z.int(),
  status: z.enum(statuses),
  /** The owner's own heading; null: make one of competence and hours. */
  title: z.string().nullable(),
  owner: Owner,
  place: z.enum(placeModes),
  /** From the first day to the day after the last; null for material without hours. */
  period: Period.nullable(),
  /** The most in any week. */
  hoursPerWeek: z.number(),
  /** The most that is left in any week still to come. */
  mostLeft: z.number(),
  /** What is left, as stretches of weeks: free hours of an offer, uncovered hours of a request. */
  left: z.array(WeeklyHours),
  openUntil: z.string().nullable(),
  publishedAt: z.string(),
}

export const OfferItem = z.object({
  ...listed,
  kind: z.enum(offerKinds),
  mainCompetence: CompetenceName,
  travelKm: z.number().nullable(),
  confirmedUntil: z.string(),
  /** The day its owner stood by it until has passed. */
  stale: z.boolean(),
})
export type OfferItem = z.infer<typeof OfferItem>

/** How much of a request is covered by what the ledger holds. */
export const coverages = ['uncovered', 'partly_covered', 'covered'] as const
export type Coverage = (typeof coverages)[number]

export const RequestItem = z.object({
  ...listed,
  requiredCompetences: z.array(CompetenceName),
  least: z.number(),
  cause: z.enum(requestCauses),
  coverage: z.enum(coverages),
})
export type RequestItem = z.infer<typeof RequestItem>

export const OfferView = OfferItem.extend({
  details: OfferDetails,
  otherCompetences: z.array(CompetenceName),
  /** Where it is, by name. */
  at: Place.nullable(),
  changedAt: z.string(),
})
export type OfferView = z.infer<typeof OfferView>

/** What an offer comes with for those who agree on it: what its cost includes, its conditions, its notice, and when it may be called home. */
export const OfferConditions = z.object({
  costBasis: z.string().nullable(),
  conditions: z.string().nullable(),
  noticeWeeks: z.int(),
  recallClause: z.string().nullable(),
})
export type OfferConditions = z.infer<typeof OfferConditions>

export const RequestView = RequestItem.extend({
  details: RequestDetails,
  preferredCompetences: z.array(CompetenceName),
  at: Place.nullable(),
  changedAt: z.string(),
})
export type RequestView = z.infer<typeof RequestView>

/** What tells an offer or a request from others alike: its owner's own heading, if any, and its reference. */
export const HeadingView = OfferItem.pick({ id: true, title: true, reference: true })
export type HeadingView = z.infer<typeof HeadingView>
export const HeadingsView = z.object({ items: z.array(HeadingView) })
export type HeadingsView = z.infer<typeof HeadingsView>

/** How many there are; counting stops at `counted` when `more` is true. */
export const CountView = z.object({ counted: z.int(), more: z.boolean() })
export type CountView = z.infer<typeof CountView>

/** One of the organisation's own in a list; what a draft does not say yet is null. */
const mine = {
  id: z.string(),
  reference: z.string().nullable(),
  version: z.int(),
  status: z.enum(statuses),
  title: z.string().nullable(),
  period: Period.nullable(),
  hoursPerWeek: z.number().nullable(),
  /** What is left in the week with least and in the one with most, of those still to come. */
  leastLeft: z.number().nullable(),
  mostLeft: z.number().nullable(),
  changedAt: z.string(),
}
export const MyOffer = z.object({
  ...mine,
  mainCompetence: CompetenceName.nullable(),
  confirmedUntil: z.string().nullable(),
  stale: z.boolean(),
})
export type MyOffer = z.infer<typeof MyOffer>
export const MyRequest = z.object({
  ...mine,
  requiredCompetences: z.array(CompetenceName),
  coverage: z.enum(coverages).nullable(),
})
export type MyRequest = z.infer<typeof MyRequest>

/** One of the own as it is being written, and what is still in the way of publishing it, by field path. */
const draft = {
  id: z.string(),
  reference: z.string().nullable(),
  version: z.int(),
  status: z.enum(statuses),
  problems: z.record(z.string(), z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) })),
  changedAt: z.string(),
}
export const OfferDraftView = z.object({ ...draft, details: OfferDraft })
export type OfferDraftView = z.infer<typeof OfferDraftView>
export const RequestDraftView = z.object({ ...draft, details: RequestDraft })
export type RequestDraftView = z.infer<typeof RequestDraftView>

/** What a command on an offer or a request leaves behind; `version` is what the next command must say. */
export const Saved = z.object({
  id: z.string(),
  version: z.int(),
  status: z.enum(statuses),
  reference: z.string().nullable(),
})
export type Saved = z.infer<typeof Saved>

/** What happened to a draft that is no more. */
export const Discarded = z.object({ id: z.string() })
export type Discarded = z.infer<typeof Discarded>

/** One week of the capacity ledger. `left` is offered less the reserve floor, reserved and agreed; never less than none. */
export const LedgerWeek = z.object({
  week: z.string(),
  offered: z.number(),
  reserved: z.number(),
  agreed: z.number(),
  left: z.number(),
})
export type LedgerWeek = z.infer<typeof LedgerWeek>

export const LedgerView = z.object({
  offerId: z.string(),
  /** Hours per week that are never lent out. */
  reserveFloor: z.number(),
  weeks: z.array(LedgerWeek),
  /** The Monday to go on from; null when this is all. */
  next: z.string().nullable(),
})
export type LedgerView = z.infer<typeof LedgerView>

/** One organisation of a county on the map; hours are summed over the weeks asked for. */
export const SummaryRow = z.object({
  organisation: Owner,
  offers: z.int(),
  requests: z.int(),
  hoursOffered: z.number(),
  hoursLeft: z.number(),
  hoursAsked: z.number(),
  hoursUncovered: z.number(),
})
export type SummaryRow = z.infer<typeof SummaryRow>
export const SummaryView = z.object({ fromWeek: z.string(), toWeek: z.string().nullable(), rows: z.array(SummaryRow) })
export type SummaryView = z.infer<typeof SummaryView>

const Fared = z.object({ covered: z.int(), partlyCovered: z.int(), uncovered: z.int() })

/**
 * The requests that a county's organisations have published, by what has become of them: each is counted once, as covered by all,
 * some or none of the hours of its whole period. A paused one is open.
 */
export const RequestFigures = z.object({ open: Fared, expired: Fared, withdrawn: Fared })
export type RequestFigures = z.infer<typeof RequestFigures>

/** What waits for the own organisation in the marketplace. */
export const taskKinds = [
  'offer_draft',
  'request_draft',
  'offer_unconfirmed',
  'offer_to_confirm',
  'offer_expiring',
  'request_expiring',
] as const

export const TaskView = z.object({
  kind: z.enum(taskKinds),
  noun: z.enum(['offer', 'request']),
  id: z.string(),
  version: z.int(),
  reference: z.string().nullable(),
  title: z.string().nullable(),
  competence: CompetenceName.nullable(),
  /** Since when it waits. */
  since: z.string(),
  /** The last day to do it; null when none. */
  until: z.string().nullable(),
})
export type TaskView = z.infer<typeof TaskView>
