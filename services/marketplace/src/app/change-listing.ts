import { runCommand } from '@samkraft/db'
import type { Saved } from '@samkraft/contracts/marketplace'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { lockOwnQuery } from '../db/listings.ts'
import { isOpen, nextStatus } from '../domain/life.ts'
import type { ListingDetails } from '../domain/listing.ts'
import { mustBePublishable } from './check-listing.ts'
import type { Kind } from './kinds.ts'
import type { OnListing } from './move-listing.ts'
import { lockOwnAndPublic } from './lock-listing.ts'
import { writePublished } from './write-listing.ts'

/**
 * Replaces what a published one says. An offer may not be lowered below what is held of it:
 * `conflict offer.below_held` names the weeks, and the most hours a week held in them.
 */
export function changeListing<Given, Details extends ListingDetails>(
  ctx: MemberContext,
  kind: Kind<Given, Details>,
  input: OnListing & Readonly<{ details: Given }>,
): Promise<Saved> {
  const { db, actor, requestId, vocabulary } = ctx
  const { organisationId, personId } = actor
  const { noun } = kind
  const command = `${noun}.change`
  const { id, version: seen } = input
  const municipality = kind.municipality(input.details)
  const call = {
    name: command,
    key: input.commandKey,
    input,
    opening: lockOwnQuery(noun, { organisationId, id, municipality }),
  }
  return runCommand(db, actor, call, async (tx, keep, rows) => {
    const locked = await lockOwnAndPublic(tx, kind, rows, { seen, move: 'change' })
    const { listing: before, holds } = locked
    const details = mustBePublishable(kind, vocabulary, { given: input.details }, locked)
    const weeks = kind.overheld(details, holds)
    if (weeks.length > 0) {
      throw new DomainError('conflict', `${noun}.below_held`, {
        weeks,
        held: Math.max(...weeks.map(({ held }) => held)),
      })
    }
    const status = nextStatus(noun, before.status, 'change')
    return writePublished(tx, kind, vocabulary, {
      act: { command, requestId, organisationId, personId },
      locked,
      before,
      after: { ...before, status, version: before.version + 1 },
      details,
      holds,
      telling: isOpen(status) ? 'changed' : null,
      keep,
    })
  })
}
