import type { OfferFacts, RequestFacts } from '@samkraft/contracts/marketplace'
import type {
  Improvement,
  MatchFactor,
  MatchGroup,
  PlanCoverage,
  PlanFigures,
  PlanLock,
  PlanMarketSummary,
  PlanPair,
  PlanPolicy,
  PlanSettings,
  PlanState,
  UnmetReason,
} from '@samkraft/contracts/matching'
import type { Base } from '@samkraft/db'
import type { Period } from '@samkraft/kernel'
import type { ColumnType, Generated } from 'kysely'
import type { PlanMarket } from '../domain/plan-market.ts'
import type { Mode } from '../domain/place.ts'

export type Schema = Base & {
  organisation: OrganisationTable
  offer: OfferTable
  offer_competence: OfferCompetenceTable
  request: RequestTable
  request_competence: { request_id: string; competence: string; period: Period }
  arrangement_share: ArrangementShareTable
  match: MatchTable
  seen: SeenTable
  pooled_need: PooledNeedTable
  pooled_need_request: PooledNeedRequestTable
  arrangement_pair: ArrangementPairTable
  plan: PlanTable
  plan_work: PlanWorkTable
  plan_alternative: PlanAlternativeTable
  plan_assignment: PlanAssignmentTable
  plan_unmet: PlanUnmetTable
}

type OrganisationTable = {
  organisation_id: string
  kind: string
  /** Sorts as Swedish does. Empty where the register has not said it. */
  short_name: Generated<string>
  county_code: string | null
  population: number | null
  latitude: number | null
  longitude: number | null
}

type OfferTable = {
  offer_id: string
  organisation_id: string
  /** Where it sets out from, as that municipality's organisation; null in the owner's own place. */
  place_organisation_id: string | null
  /** Counts the changes of the offer and of what is known of its owner and its place: how a change is noticed without locking the row (ADR 24). */
  revision: number
  open: boolean
  facts: ColumnType<OfferFacts, string, string>
  /** Since when its matches are behind; null when they are not, in the future when the last try failed. */
  stale_since: Date | null
  /** The request id, as logs know it, of the change that made them so. */
  stale_by: string | null
}

type OfferCompetenceTable = {
  offer_id: string
  competence: string
  /** From the first to the last week with hours left. */
  period: Period
  organisation_id: string
  /** As the offer's. */
  place_organisation_id: string | null
  /** The most hours left in any week. */
  most_hours: number
  place: string
  travel_km: number | null
}

type RequestTable = {
  request_id: string
  organisation_id: string
  /** Where it is, as for an offer. */
  place_organisation_id: string | null
  open: boolean
  opened_at: Date
  facts: ColumnType<RequestFacts, string, string>
  /** As for an offer. */
  stale_since: Date | null
  stale_by: string | null
  /** When all offers were last looked through; null before the first time. */
  computed_at: Date | null
  /** The summary, so that most offers pass by without reading the matches (ADR 24). Of those kept: how many serve the request and how many come near, and the lowest score of each. */
  serving: Generated<number>
  near: Generated<number>
  lowest_serving: number | null
  lowest_near: number | null
  /** Whether others of that kind had to be left out. */
  more_serving: Generated<boolean>
  more_near: Generated<boolean>
}

type ArrangementShareTable = {
  arrangement_id: string
  lender_id: string
  borrower_id: string
  request_id: string
  period: Period
  hours_per_week: number
  /** Over the whole period. */
  hours: number
}

export type MatchTable = {
  request_id: string
  offer_id: string
  score: number
  /** `group` is a word of SQL. */
  match_group: MatchGroup
  hours_per_week: number
  asked_hours_per_week: number
  period: Period | null
  km: number | null
  factors: ColumnType<MatchFactor[], string, string>
  improvements: ColumnType<Improvement[], string, string>
  computed_at: Date
  /** Since when it serves the request without a break; null for a near miss. */
  serves_since: Date | null
}

type SeenTable = {
  organisation_id: string
  subject: 'request' | 'offer'
  subject_id: string
  seen_at: Date
}

type PooledNeedTable = {
  pooled_need_id: Generated<string>
  county_code: string
  competence: string
  started_by: string
  started_at: Date
  /** When the last of its requests was gone; null while it is open. */
  closed_at: Date | null
}

type PooledNeedRequestTable = {
  request_id: string
  pooled_need_id: string
  organisation_id: string
  /** Null while it is only invited. */
  joined_at: Date | null
}

type PlanTable = {
  plan_id: Generated<string>
  organisation_id: string
  version: Generated<number>
  name: string | null
  state: PlanState
  created_at: Date
  based_on: string | null
  settings: ColumnType<PlanSettings, string, never>
  locks: ColumnType<PlanLock[], string, never>
  exclusions: ColumnType<PlanPair[], string, never>
  /** What the market looked like, and the same in a few numbers. */
  market: ColumnType<PlanMarket, string, string>
  summary: ColumnType<PlanMarketSummary, string, string>
}

type ArrangementPairTable = {
  arrangement_id: string
  request_id: string
  offer_id: string
  /** For which days; null for one from before that was kept. */
  days: string | null
  /** When its hours were promised; null until then. */
  approved_at: Date | null
  /** When it came to nothing or ended; null while it is under way. */
  closed_at: Date | null
}

/** A plan that is to be computed: ids and a lease, for workers that act for no organisation. */
type PlanWorkTable = {
  plan_id: string
  organisation_id: string
  request_id: string
  progress: Generated<number>
  stop: Generated<boolean>
  tries: Generated<number>
  /** Which worker is at it, and until when it may be believed to live. */
  taken_by: string | null
  taken_until: Date | null
}

type PlanAlternativeTable = {
  organisation_id: string
  plan_id: string
  policy: PlanPolicy
  figures: ColumnType<PlanFigures, string, never>
  coverage: ColumnType<PlanCoverage[], string, never>
}

export type PlanAssignmentTable = {
  organisation_id: string
  plan_id: string
  policy: PlanPolicy
  request_id: string
  offer_id: string
  lender_id: string
  borrower_id: string
  competence: string
  place: Mode
  period: Period
  hours_per_week: number
  hours: number
  score: number
  km: number | null
  locked: boolean
}

export type PlanUnmetTable = {
  organisation_id: string
  plan_id: string
  policy: PlanPolicy
  request_id: string
  borrower_id: string
  competence: string
  reason: UnmetReason
  hours: number
  hours_asked: number
  others_lack_the_same: boolean
}
