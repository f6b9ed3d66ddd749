import { announce, auditPart, runCommand, writeTogether } from '@samkraft/db'
import type { Discarded } from '@samkraft/contracts/marketplace'
import type { MemberContext } from '../context.ts'
import { discardPart, lockOwnQuery } from '../db/listings.ts'
import type { Noun } from '../domain/listing.ts'
import { lockedOwn } from './lock-listing.ts'
import type { OnListing } from './rewrite-published.ts'

/** Throws a draft away. It had no reference yet, so no number goes missing. */
export function discardDraft(ctx: MemberContext, noun: Noun, input: OnListing): Promise<Discarded> {
  const { db, actor, requestId } = ctx
  const { organisationId, personId } = actor
  const command = `${noun}.discardDraft`
  const { id, version: seen } = input
  const call = { name: command, key: input.commandKey, input, opening: lockOwnQuery(noun, { organisationId, id }) }
  return runCommand(db, actor, call, async (tx, _keep, rows) => {
    const { listing } = await lockedOwn(tx, noun, rows, { seen, move: 'discard' })
    await writeTogether(tx, [
      discardPart(noun, id),
      auditPart({
        organisationId,
        personId,
        requestId,
        command,
        subjectType: noun,
        subjectId: id,
        before: { status: listing.status, version: listing.version },
        after: null,
      }),
    ])
    announce(tx, { organisations: [organisationId], noun, id })
    return { id }
  })
}
