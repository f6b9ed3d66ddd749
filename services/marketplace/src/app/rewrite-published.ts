import { runCommand } from '@samkraft/db'
import type { Saved } from '@samkraft/contracts/marketplace'
import type { MemberContext } from '../context.ts'
import { lockOwnQuery } from '../db/listings.ts'
import { isOpen, type Move, nextStatus } from '../domain/life.ts'
import type { ListingDetails } from '../domain/listing.ts'
import type { Kind } from './kinds.ts'
import { type LockedPublished, lockOwnAndPublic } from './lock-listing.ts'
import { type Telling, writePublished } from './write-listing.ts'

/** A command on one of the own, by the version its author saw. */
export type OnListing = Readonly<{ commandKey: string; id: string; version: number }>

type Rewriting<Details> = Readonly<{
  move: Move
  id: string
  input: Omit<OnListing, 'id'>
  /** Where it will be; where it is already, when not given. */
  municipality?: string | null
  /** What it says from now on. */
  details(locked: LockedPublished<Details>): Details
  /** What others are told; that it has changed, as long as it is open, when not given. */
  telling?: Telling
}>

/** A command on one of the own that is or was published: what it says is decided and written under the lock of its row. */
export function rewritePublished<Given, Details extends ListingDetails>(
  { db, actor, requestId, vocabulary }: MemberContext,
  kind: Kind<Given, Details>,
  { move, id, input, municipality, details, telling }: Rewriting<Details>,
): Promise<Saved> {
  const { organisationId, personId } = actor
  const { noun } = kind
  const command = `${noun}.${move}`
  const opening = lockOwnQuery(noun, { organisationId, id, municipality })
  return runCommand(db, actor, { name: command, key: input.commandKey, input, opening }, async (tx, keep, rows) => {
    const locked = await lockOwnAndPublic(tx, kind, rows, { seen: input.version, move })
    const { listing: before, holds } = locked
    const status = nextStatus(noun, before.status, move)
    return writePublished(tx, kind, vocabulary, {
      act: { command, requestId, organisationId, personId },
      locked,
      before,
      after: { ...before, status, version: before.version + 1 },
      details: details(locked),
      holds,
      telling: telling ?? (isOpen(status) ? 'changed' : null),
      keep,
    })
  })
}
