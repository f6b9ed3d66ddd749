import { DomainError } from '@samkraft/kernel'
import { type Transaction } from 'kysely'
import { changedSince } from '../db/history.ts'
import { readHolds } from '../db/holds.ts'
import { type Listing, lockedFrom, type Locked, type LockedRow } from '../db/listings.ts'
import { lockPublished } from '../db/published.ts'
import type { Schema } from '../db/schema.ts'
import type { Hold } from '../domain/ledger.ts'
import { type Move, nextStatus } from '../domain/life.ts'
import type { ListingDetails, Noun } from '../domain/listing.ts'
import type { Kind } from './kinds.ts'

type Found = Locked & Readonly<{ listing: Listing }>

type Seen = Readonly<{ seen: number; move: Move }>

/**
 * One of the own as it was locked; sees that the author saw its present version and that the move can be made from here.
 * `not_found` for what is another's; `conflict <noun>.stale` tells what has changed since the version that was seen.
 */
export async function lockedOwn(
  tx: Transaction<Schema>,
  noun: Noun,
  rows: readonly LockedRow[],
  { seen, move }: Seen,
): Promise<Found> {
  const locked = lockedFrom(rows)
  const { listing } = locked
  if (!listing) throw new DomainError('not_found', `${noun}.not_found`)
  if (listing.version !== seen) throw await stale(tx, noun, listing, seen)
  nextStatus(noun, listing.status, move)
  return { ...locked, listing }
}

/** The same for one that is or was published; locks also its public row, so that what the ledger holds of it stays as it is. */
export async function lockOwnAndPublic<Given, Details extends ListingDetails>(
  tx: Transaction<Schema>,
  kind: Kind<Given, Details>,
  rows: readonly LockedRow[],
  seen: Seen,
): Promise<LockedPublished<Details>> {
  const locked = await lockedOwn(tx, kind.noun, rows, seen)
  const listing = asPublished(kind, locked.listing)
  await lockPublished(tx, kind.noun, listing.id)
  return { ...locked, listing, holds: await readHolds(tx, kind.noun, listing.id) }
}

/** One of the own that is or was published as it was locked, with what the ledger holds of it. */
export type LockedPublished<Details> = Locked & Readonly<{ listing: PublishedListing<Details>; holds: readonly Hold[] }>

/** One that has been published, its details as they were found to be when it was. */
export type PublishedListing<Details> = Omit<Listing, 'details'> &
  Readonly<{ reference: string; publishedAt: string; details: Details }>

/**
 * The table keeps a reference and a date for all that are no draft. Their details are as this kind settles them: nothing but
 * `writePublished` writes them.
 */
export function asPublished<Given, Details extends ListingDetails>(
  _kind: Kind<Given, Details>,
  listing: Listing,
): PublishedListing<Details> {
  const { reference, publishedAt } = listing
  if (reference === null || publishedAt === null) throw new Error(`${listing.id} is a draft`)
  return { ...listing, reference, publishedAt, details: listing.details as Details }
}

async function stale(tx: Transaction<Schema>, noun: Noun, listing: Listing, seen: number): Promise<DomainError> {
  const fields = await changedSince(tx, listing.id, seen)
  const changed = Object.fromEntries(
    fields.map((field) => [field, field === 'status' ? listing.status : (listing.details[field] ?? null)]),
  )
  return new DomainError('conflict', `${noun}.stale`, {
    seen,
    version: listing.version,
    status: listing.status,
    changed,
  })
}
