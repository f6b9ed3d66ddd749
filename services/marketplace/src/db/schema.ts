import type { Base } from '@samkraft/db'
import type { Status } from '@samkraft/contracts/marketplace'
import type { Period } from '@samkraft/kernel'
import type { ColumnType, Generated } from 'kysely'
import type { HoldState } from './holds.ts'

export type Schema = Base & {
  organisation: OrganisationTable
  competence: CompetenceTable
  competence_code: { slug: string; system: string; code: string; label: string }
  occupation: { id: string; name: string; ssyk: string; aliases: string[] }
  occupation_substitute: { occupation_id: string; substitute_id: string; percent: number }
  skill: { id: string; name: string }
  ssyk: { code: string; level: number; name: string; parent: string | null }
  ssyk_skill: { ssyk: string; skill_id: string }
  vocabulary_source: { one: Generated<boolean>; hash: string; loaded_at: Generated<Date> }
  offer: ListingTable
  offer_conditions: OfferConditionsTable
  request: ListingTable
  reference_counter: { organisation_id: string; noun: string; year: number; last: number }
  hold: HoldTable
  published_offer: PublishedTable
  published_request: PublishedTable
}

export type OrganisationTable = {
  id: string
  kind: string
  name: string
  short_name: string
  municipality_code: string | null
  county_code: string | null
  population: number | null
  skr_group: string | null
  latitude: number | null
  longitude: number | null
}

export type CompetenceTable = {
  slug: string
  group_slug: string
  sv: string
  en: string
  licence: string | null
  route_key: string | null
  route: string | null
  position: number
}

/** An offer or a request as its owner keeps it: private, also while it is a draft. */
export type ListingTable = {
  id: string
  organisation_id: string
  status: Status
  version: number
  reference: string | null
  /** What its author has said: a draft as far as it goes, later all that is published. */
  details: ColumnType<Record<string, unknown>, string, string>
  created_by: string | null
  created_at: Generated<Date>
  changed_at: Date
  published_at: Date | null
}

/** What an offer came with at one of its versions. */
export type OfferConditionsTable = {
  offer_id: string
  version: number
  cost_basis: string | null
  conditions: string | null
  notice_weeks: number
  recall_clause: string | null
}

/** What everybody may read of a published one, ready to be sent, beside what it is found and ordered by. */
export type PublishedTable = {
  id: string
  organisation_id: string
  county_code: string | null
  status: Status
  starts: string | null
  ends: string | null
  /** The first day it is no longer open. */
  closes: string
  /** The last day the owner of an offer stands by it; null for a request. */
  confirmed_until: string | null
  /** That day has passed, and everybody has been shown so. */
  stale: boolean
  most_left: number
  /** What is offered or asked, as stretches of weeks: `[{ fromWeek, toWeek, hoursPerWeek }]`. */
  extent: ColumnType<unknown, string, string>
  /** What is left of it in the weeks that count, in the same form. */
  remaining: ColumnType<unknown, string, string>
  published_at: Date
  /** Words, and labels such as `competence.skolpsykolog` and `place.remote`: one index for text and filters alike. */
  search: string
  /** One row of a list, and what the whole of it has besides, ready to be sent. */
  item: ColumnType<object, string, string>
  more: ColumnType<object, string, string>
}

/** Hours held for one borrower in one arrangement. Read by all as sums; a released one stays as history. */
export type HoldTable = {
  id: Generated<string>
  offer_id: string
  lender_id: string
  arrangement_id: string
  borrower_id: string
  request_id: string
  period: Period
  hours_per_week: number
  state: HoldState
  changed_at: Generated<Date>
}
