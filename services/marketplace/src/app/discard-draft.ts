import { announce, auditPart, runCommand, together } from '@samkraft/db'
import type { Discarded } from '@samkraft/contracts/marketplace'
import type { MemberContext } from '../context.ts'
import { discardPart } from '../db/listings.ts'
import type { Noun } from '../domain/listing.ts'
import { openOwn } from './open-listing.ts'
import type { OnListing } from './move-listing.ts'

/** Throws a draft away. It had no reference yet, so no number goes missing. */
export function discardDraft(ctx: MemberContext, noun: Noun, input: OnListing): Promise<Discarded> {
  const { db, actor, requestId } = ctx
  const { organisationId, personId } = actor
  const command = `${noun}.discardDraft`
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    const { id, version: seen } = input
    const { listing } = await openOwn(tx, noun, { organisationId, id, seen, move: 'discard' })
    await together(tx, [
      discardPart(noun, id),
      auditPart({
        organisationId,
        personId,
        requestId,
        command,
        subjectType: noun,
        subjectId: id,
        before: listing.details,
        after: null,
      }),
    ])
    announce(tx, { organisations: [organisationId], noun, id })
    return { id }
  })
}
