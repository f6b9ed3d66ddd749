import type { OfferFacts, RequestFacts } from '@samkraft/contracts/marketplace'
import type { Improvement, MatchFactor, MatchGroup } from '@samkraft/contracts/matching'
import type { Base } from '@samkraft/db'
import type { Period } from '@samkraft/kernel'
import type { ColumnType, Generated } from 'kysely'

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
}

type OrganisationTable = {
  organisation_id: string
  kind: string
  county_code: string | null
  population: number | null
  latitude: number | null
  longitude: number | null
}

type OfferTable = {
  offer_id: string
  organisation_id: string
  /** Counts the changes of the offer and of what is known of its owner. */
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
  /** The most hours left in any week. */
  most_hours: number
  place: string
  travel_km: number | null
}

type RequestTable = {
  request_id: string
  organisation_id: string
  open: boolean
  opened_at: Date
  facts: ColumnType<RequestFacts, string, string>
  stale_since: Date | null
  stale_by: string | null
  /** When all offers were last looked through; null before the first time. */
  computed_at: Date | null
  /** Of the kept matches: how many serve the request and how many come near, and the lowest score of each. */
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
