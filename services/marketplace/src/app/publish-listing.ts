import { runCommand } from '@samkraft/db'
import type { Saved } from '@samkraft/contracts/marketplace'
import type { MemberContext } from '../context.ts'
import { lockedFrom, lockOwnQuery } from '../db/listings.ts'
import { nextStatus } from '../domain/life.ts'
import type { ListingDetails } from '../domain/listing.ts'
import { referenceOf } from '../domain/reference.ts'
import { mustBePublishable } from './check-listing.ts'
import type { Kind } from './kinds.ts'
import { lockedOwn } from './lock-listing.ts'
import { writePublished } from './write-listing.ts'

export type PublishListing<Given> = Readonly<{
  commandKey: string
  id?: string | undefined
  version?: number | undefined
  details?: Given | undefined
}>

/**
 * Makes an offer or a request known to every party: a draft as it was saved, a draft with these details instead, or
 * details without a draft before. It gets its reference here, once and for all.
 */
export function publishListing<Given extends Pick<ListingDetails, 'placeMunicipality'>, Details extends ListingDetails>(
  ctx: MemberContext,
  kind: Kind<Given, Details>,
  input: PublishListing<Given>,
): Promise<Saved> {
  const { db, actor, requestId, vocabulary } = ctx
  const { organisationId, personId } = actor
  const { noun } = kind
  const command = `${noun}.publish`
  const { id, version: seen } = input
  const municipality = input.details?.placeMunicipality
  const call = {
    ...{ name: command, key: input.commandKey, input },
    opening: lockOwnQuery(noun, { organisationId, id, municipality, numbered: true }),
  }
  return runCommand(db, actor, call, async (tx, keep, rows) => {
    const locked =
      seen === undefined
        ? { ...lockedFrom(rows), listing: null }
        : await lockedOwn(tx, noun, rows, { seen, move: 'publish' })
    const { listing: before, number, now, today, owner, newId } = locked
    if (number === null) throw new Error('a number was asked for')
    const unchecked = input.details ? { given: input.details } : { draft: before?.details }
    const details = mustBePublishable(kind, vocabulary, unchecked, locked)
    return writePublished(tx, kind, vocabulary, {
      act: { command, requestId, organisationId, personId },
      locked,
      before,
      after: {
        id: before?.id ?? newId,
        organisationId,
        status: nextStatus(noun, before?.status ?? 'draft', 'publish'),
        version: (before?.version ?? 0) + 1,
        reference: referenceOf(noun, owner.shortName, Number(today.slice(0, 4)), number),
        publishedAt: now,
      },
      details,
      holds: [],
      telling: 'published',
      keep,
    })
  })
}
