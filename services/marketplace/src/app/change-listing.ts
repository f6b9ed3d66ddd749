import { runCommand } from '@samkraft/db'
import type { Saved } from '@samkraft/contracts/marketplace'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { opening } from '../db/listings.ts'
import { isOpen, nextStatus } from '../domain/life.ts'
import type { ListingDetails } from '../domain/listing.ts'
import { mustBePublishable } from './check-listing.ts'
import type { Kind } from './kinds.ts'
import type { OnListing } from './move-listing.ts'
import { openPublished } from './open-listing.ts'
import { asPublished, writePublished } from './write-listing.ts'

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
    opening: opening(noun, { organisationId, id, municipality }),
  }
  return runCommand(db, actor, call, async (tx, keep, rows) => {
    const opened = await openPublished(tx, noun, rows, { seen, move: 'change' })
    const { holds } = opened
    const before = asPublished(opened.listing)
    const details = mustBePublishable(kind, vocabulary, { given: input.details }, opened)
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
      opened,
      before,
      after: { ...before, status, version: before.version + 1 },
      details,
      holds,
      telling: isOpen(status) ? 'changed' : null,
      keep,
    })
  })
}
