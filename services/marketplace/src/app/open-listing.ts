import { DomainError } from '@samkraft/kernel'
import { type Transaction } from 'kysely'
import { changedSince } from '../db/history.ts'
import { readHolds } from '../db/holds.ts'
import { type Listing, openedFrom, type Opened, type OpenedRow } from '../db/listings.ts'
import { lockPublished } from '../db/published.ts'
import type { Schema } from '../db/schema.ts'
import type { Hold } from '../domain/ledger.ts'
import { type Move, nextStatus } from '../domain/life.ts'
import type { Noun } from '../domain/listing.ts'

export type Found = Opened & Readonly<{ listing: Listing }>

type Seen = Readonly<{ seen: number; move: Move }>

/**
 * One of the own as it was opened; sees that the author saw its present version and that the move can be made from here.
 * `not_found` for what is another's; `conflict <noun>.stale` tells what has changed since the version that was seen.
 */
export async function openOwn(
  tx: Transaction<Schema>,
  noun: Noun,
  rows: readonly OpenedRow[],
  { seen, move }: Seen,
): Promise<Found> {
  const opened = openedFrom(rows)
  const { listing } = opened
  if (!listing) throw new DomainError('not_found', `${noun}.not_found`)
  if (listing.version !== seen) throw await stale(tx, noun, listing, seen)
  nextStatus(noun, listing.status, move)
  return { ...opened, listing }
}

/** The same for one that is or was published, with what the ledger holds of it; both stay as they are until the transaction ends. */
export async function openPublished(
  tx: Transaction<Schema>,
  noun: Noun,
  rows: readonly OpenedRow[],
  seen: Seen,
): Promise<Found & { holds: readonly Hold[] }> {
  const found = await openOwn(tx, noun, rows, seen)
  await lockPublished(tx, noun, found.listing.id)
  return { ...found, holds: await readHolds(tx, noun, found.listing.id) }
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
