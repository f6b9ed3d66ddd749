import type { ArrangementStatus, MoveName, ReasonView, Side } from '@samkraft/contracts/arrangements'
import type { OfferFacts, RequestFacts, costModels, placeModes } from '@samkraft/contracts/marketplace'
import type { Base } from '@samkraft/db'
import type { Period, Role } from '@samkraft/kernel'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

export type Schema = Base & {
  organisation: OrganisationTable
  offer: OfferTable
  request: RequestTable
  arrangement: ArrangementTable
  party: PartyTable
  revision: RevisionTable
  share: ShareTable
  decision: DecisionTable
  step: StepTable
  follow_up: FollowUpTable
  diary_series: { region_id: string; year: number; last: number }
}

/** JSON goes in as text and comes out parsed. */
type Json<Value> = ColumnType<Value, string, string>

/** Our copy of the register of organisations; public. */
export type OrganisationTable = {
  id: string
  kind: string
  name: string
  short_name: string
  county_code: string | null
}

/** Our copy of what marketplace has published, with the hours left as last heard; public. */
export type OfferTable = {
  id: string
  organisation_id: string
  open: boolean
  facts: Json<OfferFacts>
}

export type RequestTable = {
  id: string
  organisation_id: string
  open: boolean
  facts: Json<RequestFacts>
  /** When it was first published, for the time from request to proposal. */
  published_at: Date
}

export type ArrangementTable = {
  id: Generated<string>
  reference: string
  status: ArrangementStatus
  version: number
  region_id: string
  offer_id: string
  lender_id: string
  borrower_ids: string[]
  /** Lender, borrowers and region: those who may see it. */
  concerns: GeneratedAlways<string[]>
  proposer_id: string
  /** The offer's main competence when it was proposed. */
  competence: string
  revision: number
  round: number
  accepted: string[]
  /** Of the latest terms: from the first day of any share to the day after the last, and all hours together. */
  period: ColumnType<Period, unknown, unknown>
  hours_per_week: number
  holder_ids: string[]
  held_since: Date
  held_until: string | null
  ends_on: string | null
  /** Why it was last sent back, refused or closed. */
  reason: ColumnType<ReasonView | null, string | null, string | null>
  proposed_at: Date
  updated_at: Date
}

/** The lender and each borrower; the diary number is the party's own to set. */
export type PartyTable = {
  arrangement_id: string
  organisation_id: string
  side: 'lender' | 'borrower'
  diary_number: string | null
  /** How often it has been set. */
  diary_version: Generated<number>
}

export type RevisionTable = {
  arrangement_id: string
  number: number
  organisation_id: string
  person_id: string
  role: Role
  place: (typeof placeModes)[number]
  rationale: string
  message: string
  at: Date
  /** What the offer cost when the terms were put; null in terms from before this was kept. */
  cost_model: (typeof costModels)[number] | null
  ore_per_hour: number | null
  /** Of the offer when the terms were put, which says what it came with then; null likewise. */
  offer_version: number | null
}

export type ShareTable = {
  arrangement_id: string
  revision: number
  position: number
  organisation_id: string
  request_id: string
  period: ColumnType<Period, unknown, never>
  hours_per_week: number
}

export type DecisionTable = {
  arrangement_id: string
  organisation_id: string
  round: number
  revision: number
  side: 'lender' | 'borrower'
  person_id: string
  role: Role
  decision: 'yes' | 'no'
  delegation_reference: string
  reason_code: string | null
  reason_text: string
  at: Date
}

/** What happened, one row per version: the log that durations are counted from. */
export type StepTable = {
  arrangement_id: string
  version: number
  at: Date
  move: MoveName
  side: Side
  from_status: ArrangementStatus | null
  to_status: ArrangementStatus
  organisation_id: string | null
  person_id: string | null
  role: Role | null
  revision: number
  reason: ColumnType<ReasonView | null, string | null, never>
}

/** The coordinator's own reminder; private to the region. */
export type FollowUpTable = {
  arrangement_id: string
  organisation_id: string
  date: string | null
  note: string
  version: number
}
