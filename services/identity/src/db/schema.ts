import type { OrganisationKind } from '@samkraft/contracts/identity'
import type { Base } from '@samkraft/db'
import type { Role } from '@samkraft/kernel'
import type { Generated } from 'kysely'

export type Schema = Base & {
  organisation: OrganisationTable
  person: PersonTable
  credential: CredentialTable
  membership: MembershipTable
  session: SessionTable
  invitation: InvitationTable
  sign_in_attempt: SignInAttemptTable
  known_place: KnownPlaceTable
}

/** Public facts from registers; no row-level security. */
export type OrganisationTable = {
  id: string
  kind: OrganisationKind
  name: string
  short_name: string
  search_name: string
  municipality_code: string | null
  county_code: string | null
  county_name: string | null
  population: number | null
  population_year: number | null
  skr_group: string | null
  skr_group_name: string | null
  organisation_number: string | null
  seat: string | null
  latitude: number | null
  longitude: number | null
}

/** Someone who can sign in. All that is known of them is the address they do it with. */
type PersonTable = {
  id: string
  email: string
  created_at: Generated<Date>
}

type CredentialTable = {
  person_id: string
  /** argon2id, PHC form. */
  password_hash: string
  changed_at: Date
}

export type MembershipTable = {
  organisation_id: string
  person_id: string
  title: string
  roles: Role[]
  disabled: Generated<boolean>
  version: Generated<number>
  created_at: Generated<Date>
}

type SessionTable = {
  secret_hash: Buffer
  person_id: string
  organisation_id: string
  seen_at: Date
  ends_at: Date
}

type InvitationTable = {
  id: string
  organisation_id: string
  secret_hash: Buffer
  email: string
  title: string
  roles: Role[]
  expires_at: Date
  /** Null while it waits for its answer. */
  accepted_by: string | null
  /** The member it lets choose a new password; null when it makes somebody a member. */
  person_id: string | null
  by_operator: boolean
  /** The administrator who made it, and for which organisation: null for the operator. */
  made_by: string | null
  made_in: string | null
}

type SignInAttemptTable = {
  key: Buffer
  attempts: number
  window_ends_at: Date
}

type KnownPlaceTable = {
  key: Buffer
  known_until: Date
}
