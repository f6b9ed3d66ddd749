import type { Transaction } from 'kysely'
import { readHolds } from '../db/holds.ts'
import { lockPublished, saveRemaining } from '../db/published.ts'
import type { Schema } from '../db/schema.ts'
import type { ListingDetails, Published } from '../domain/listing.ts'
import type { Vocabulary } from '../domain/vocabulary.ts'
import type { Kind } from './kinds.ts'
import { readable, weeksOfListing } from './write-listing.ts'

/**
 * Shows everybody what is left of it now, as the ledger has it. The row is locked first, so that of two changes at once the
 * second sees the first. Null when it was never published here.
 */
export async function showRemaining<Given, Details extends ListingDetails>(
  tx: Transaction<Schema>,
  kind: Kind<Given, Details>,
  vocabulary: Vocabulary,
  { id, today }: { id: string; today: string },
) {
  const locked = await lockPublished(tx, kind.noun, id)
  if (!locked) return null
  const holds = await readHolds(tx, kind.noun, id)
  // It is what `readable` wrote of this very listing.
  const before = locked.view as Omit<Published<Details>, 'extent' | 'left'>
  const published = { ...before, ...weeksOfListing(kind, before.details, holds) }
  const row = readable(kind, published, vocabulary, today)
  await saveRemaining(tx, kind.noun, row)
  return { organisationId: locked.organisationId, left: published.left, published }
}
