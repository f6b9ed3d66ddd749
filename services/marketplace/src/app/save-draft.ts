import { announce, auditPart, runCommand, writeTogether } from '@samkraft/db'
import type { Saved } from '@samkraft/contracts/marketplace'
import type { MemberContext } from '../context.ts'
import { listingPart, lockedFrom, lockOwnQuery } from '../db/listings.ts'
import type { Noun } from '../domain/listing.ts'
import { lockedOwn } from './lock-listing.ts'
import { entry } from './write-listing.ts'

export type SaveDraft = Readonly<{
  commandKey: string
  id?: string | undefined
  version?: number | undefined
  details: Readonly<Record<string, unknown>>
}>

/** Keeps what somebody is in the middle of writing, seen by the own organisation only. Without an id it begins a new draft. */
export function saveDraft(ctx: MemberContext, noun: Noun, input: SaveDraft): Promise<Saved> {
  const { db, actor, requestId } = ctx
  const { organisationId, personId } = actor
  const command = `${noun}.saveDraft`
  const { id, version: seen } = input
  const call = { name: command, key: input.commandKey, input, opening: lockOwnQuery(noun, { organisationId, id }) }
  return runCommand(db, actor, call, async (tx, _keep, rows) => {
    const locked =
      seen === undefined
        ? { ...lockedFrom(rows), listing: null }
        : await lockedOwn(tx, noun, rows, { seen, move: 'save' })
    const before = locked.listing
    const after = {
      id: before?.id ?? locked.newId,
      organisationId,
      status: 'draft' as const,
      version: (before?.version ?? 0) + 1,
      reference: null,
      details: input.details,
      publishedAt: null,
    }
    const act = { command, requestId, organisationId, personId }
    await writeTogether(tx, [
      listingPart(noun, { ...after, createdBy: personId, changedAt: locked.now }),
      auditPart(entry(noun, act, before, after)),
    ])
    announce(tx, { organisations: [organisationId], noun, id: after.id })
    return { id: after.id, version: after.version, status: after.status, reference: null }
  })
}
