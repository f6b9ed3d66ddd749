import { exactInstant, type Part } from '@samkraft/db'
import type { Owner, Status } from '@samkraft/contracts/marketplace'
import { DomainError } from '@samkraft/kernel'
import { sql, type Transaction } from 'kysely'
import type { Noun, Place } from '../domain/listing.ts'
import type { Schema } from './schema.ts'

/** An offer or a request as its owner keeps it. */
export type Listing = Readonly<{
  id: string
  organisationId: string
  status: Status
  version: number
  reference: string | null
  details: Readonly<Record<string, unknown>>
  publishedAt: string | null
}>

/** What a use case needs to know before it decides, read and locked in one round trip. */
export type Locked = Readonly<{
  /** The database's clock, to the microsecond, and the Swedish day it is. */
  now: string
  today: string
  /** An id to use when there is no listing yet. */
  newId: string
  owner: Owner
  /** Where it is; null when not said, or when there is no such municipality. */
  at: Place | null
  /** That municipality as an organisation; null when it is the owner itself. */
  placeOrganisationId: string | null
  /** Locked until the transaction ends; null when there is none, or it is another organisation's. */
  listing: Listing | null
  /** The next number of its organisation and year, when one was asked for. */
  number: number | null
}>

export type LockedRow = Omit<Locked, 'newId' | 'owner'> & { new_id: string; owner: Owner | null }

/** Locks one of the own in a round trip of its own; a command does it in that of its key, by `lockOwnQuery` and `lockedFrom`. */
export async function lockOwn(tx: Transaction<Schema>, noun: Noun, options: LockOptions): Promise<Locked> {
  const { rows } = await lockOwnQuery(noun, options).execute(tx)
  return lockedFrom(rows)
}

/**
 * Asks for what a use case needs to know, and locks the private row. `numbered` takes the next number of the organisation and
 * year: the counter stays locked until the transaction ends, and goes back when it fails, so that numbers have no gap.
 */
export function lockOwnQuery(noun: Noun, { organisationId, id, municipality, numbered = false }: LockOptions) {
  const counter = numbered
    ? sql`, counter as (
        insert into reference_counter as c (organisation_id, noun, year, last)
        values (${organisationId}::uuid, ${noun}, extract(year from app_today()), 1)
        on conflict (organisation_id, noun, year) do update set last = c.last + 1 returning last
      )`
    : sql``
  const place =
    municipality === undefined ? sql`(select details ->> 'placeMunicipality' from locked)` : sql`${municipality}::text`
  return sql<LockedRow>`
    with locked as (select * from ${sql.table(noun)} where id = ${id ?? null}::uuid for update)${counter}
    select ${exactInstant(sql`app_now()`)} as now, app_today() as today, uuidv7() as new_id,
      (select json_build_object('id', id, 'name', name, 'shortName', short_name, 'municipalityCode', municipality_code,
        'countyCode', county_code) from organisation where id = ${organisationId}::uuid) as owner,
      (select json_build_object('code', municipality_code, 'name', short_name) from organisation
        where municipality_code = ${place}) as at,
      (select id from organisation where municipality_code = ${place} and id <> ${organisationId}::uuid) as "placeOrganisationId",
      (select json_build_object('id', id, 'organisationId', organisation_id, 'status', status, 'version', version,
        'reference', reference, 'details', details, 'publishedAt', ${exactInstant(sql`published_at`)}) from locked) as listing,
      ${numbered ? sql`(select last from counter)` : sql`null::int`} as number`
}

/** Throws `unavailable organisation.not_known_yet`. */
export function lockedFrom([row]: readonly LockedRow[]): Locked {
  if (!row) throw new Error('a select without from gives one row')
  // Organisations arrive as events; one that has signed in before its own event has come is asked to wait a moment.
  const { new_id: newId, owner, ...locked } = row
  if (!owner) throw new DomainError('unavailable', 'organisation.not_known_yet')
  return { ...locked, owner, newId }
}

export type LockOptions = Readonly<{
  organisationId: string
  id?: string | undefined
  /** Where it will be; where the listing itself says, when not given. */
  municipality?: string | null | undefined
  numbered?: boolean
}>

export type ListingToSave = Listing & Readonly<{ createdBy: string | null; changedAt: string }>

/** The private row: made, or replaced. */
export function listingPart(noun: Noun, listing: ListingToSave): Part {
  const { id, organisationId, status, version, reference, details, createdBy, changedAt, publishedAt } = listing
  return sql`
    saved as (
      insert into ${sql.table(noun)} (id, organisation_id, status, version, reference, details, created_by, changed_at, published_at)
      values (${id}::uuid, ${organisationId}::uuid, ${status}, ${version}, ${reference}, ${JSON.stringify(details)}::jsonb,
        ${createdBy}::uuid, ${changedAt}::timestamptz, ${publishedAt}::timestamptz)
      on conflict (id) do update set status = excluded.status, version = excluded.version, reference = excluded.reference,
        details = excluded.details, changed_at = excluded.changed_at, published_at = excluded.published_at
    )`
}

/** A draft that is thrown away leaves only its audit entry. */
export function discardPart(noun: Noun, id: string): Part {
  return sql`saved as (delete from ${sql.table(noun)} where id = ${id}::uuid and status = 'draft')`
}
