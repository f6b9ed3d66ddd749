import { runCommand } from '@samkraft/db'
import type { Saved } from '@samkraft/contracts/marketplace'
import type { MemberContext } from '../context.ts'
import { lockOwnQuery } from '../db/listings.ts'
import { nextStatus } from '../domain/life.ts'
import type { ListingDetails } from '../domain/listing.ts'
import type { Kind } from './kinds.ts'
import { lockOwnAndPublic } from './lock-listing.ts'
import { type Telling, writePublished } from './write-listing.ts'

/** A command on one of the own, by the version its author saw. */
export type OnListing = Readonly<{ commandKey: string; id: string; version: number }>

const tellings = {
  pause: { closed: 'paused' },
  resume: 'published',
  withdraw: { closed: 'withdrawn' },
} as const satisfies Record<string, Telling>

/**
 * `pause` hides it from new proposals until `resume`; `withdraw` does so for good. What is held of it stays held:
 * arrangements end by their own rules.
 */
export function moveListing<Given, Details extends ListingDetails>(
  ctx: MemberContext,
  kind: Kind<Given, Details>,
  move: keyof typeof tellings,
  input: OnListing,
): Promise<Saved> {
  const { db, actor, requestId, vocabulary } = ctx
  const { organisationId, personId } = actor
  const { noun } = kind
  const command = `${noun}.${move}`
  const { id, version: seen } = input
  const call = { name: command, key: input.commandKey, input, opening: lockOwnQuery(noun, { organisationId, id }) }
  return runCommand(db, actor, call, async (tx, keep, rows) => {
    const locked = await lockOwnAndPublic(tx, kind, rows, { seen, move })
    const { listing: before, holds } = locked
    return writePublished(tx, kind, vocabulary, {
      act: { command, requestId, organisationId, personId },
      locked,
      before,
      after: { ...before, status: nextStatus(noun, before.status, move), version: before.version + 1 },
      details: before.details,
      holds,
      telling: tellings[move],
      keep,
    })
  })
}
