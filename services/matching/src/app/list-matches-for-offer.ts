import { Id } from '@samkraft/contracts'
import type { MatchesForOffer, MatchesForOfferInput } from '@samkraft/contracts/matching'
import { fromCursor, pageOf } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import { z } from 'zod'
import type { MemberContext } from '../context.ts'
import { crowdedOut, listForOffer, newestForOffer } from '../db/match-views.ts'
import { ownerOfOffer } from '../db/subjects.ts'

const Key = z.object({ score: z.int().min(0).max(100), requestId: Id })

/** The open requests the own offer would serve. Throws `not_found offer.not_found` for another organisation's. */
export async function listMatchesForOffer(
  { db, actor, relations }: MemberContext,
  { offerId, cursor, limit }: z.output<typeof MatchesForOfferInput>,
): Promise<MatchesForOffer> {
  if ((await ownerOfOffer(db, offerId)) !== actor.organisationId) throw new DomainError('not_found', 'offer.not_found')
  const after = cursor === undefined ? null : fromCursor(Key, cursor)
  const [found, newest, crowded] = await Promise.all([
    listForOffer(db, { offerId, after, limit }),
    newestForOffer(db, offerId),
    crowdedOut(db, relations, [offerId]),
  ])
  const page = pageOf(found, limit, ({ score, request }) => ({ score, requestId: request.requestId }))
  return { ...page, more: crowded.has(offerId), newest }
}
