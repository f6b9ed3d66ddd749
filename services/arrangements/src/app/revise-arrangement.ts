import { type ArrangementReceipt, arrangementRevised, type ReviseArrangement } from '@samkraft/contracts/arrangements'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { findRequests, lockOffer } from '../db/copies.ts'
import { insertRevision, isSameAsLatest } from '../db/revisions.ts'
import { revise } from '../domain/move.ts'
import { assertFits, assertSameRequests, sharesFor } from '../domain/proposal.ts'
import { assertNotUnderWay } from './assert-not-under-way.ts'
import { moveArrangement } from './move-arrangement.ts'
import { factsOf, news } from './save-change.ts'

/**
 * Puts new terms on the table. Decisions taken on the old ones no longer count. Besides what every move refuses:
 * `invalid arrangement.parties_fixed | arrangement.nothing_changed`, `conflict arrangement.under_way` where its new days are those of
 * another, and what `assertFits` says when our copy of the offer has less.
 */
export function reviseArrangement(ctx: MemberContext, input: ReviseArrangement): Promise<ArrangementReceipt> {
  return moveArrangement(ctx, 'revise', input, async (tx, arrangement, moment) => {
    assertSameRequests(arrangement.shares, input.shares)
    const requests = await findRequests(
      tx,
      input.shares.map(({ requestId }) => requestId),
    )
    const shares = sharesFor(input.shares, requests)
    // As proposals about one offer do, so that none overlooks another.
    const offer = await lockOffer(tx, arrangement.offerId)
    if (!offer) throw new DomainError('not_found', 'arrangement.offer_not_found')
    if (input.message === '' && (await isSameAsLatest(tx, arrangement, shares, input, offer.facts)))
      throw new DomainError('invalid', 'arrangement.nothing_changed')
    const after = revise(arrangement, ctx.actor, shares, moment)
    assertFits(shares, offer, moment.today)
    await assertNotUnderWay(tx, offer.id, shares, { except: arrangement.id })
    return {
      after,
      news: [news(arrangementRevised, factsOf(after))],
      write: (by) => insertRevision(tx, after, { by, terms: input, offer: offer.facts, moment }),
    }
  })
}
