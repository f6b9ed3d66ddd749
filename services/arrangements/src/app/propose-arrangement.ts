import { arrangementProposed, type ArrangementReceipt, type ProposeArrangement } from '@samkraft/contracts/arrangements'
import { runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { Transaction } from 'kysely'
import type { MemberContext } from '../context.ts'
import { insertArrangement, newArrangementId, nextReference, readMoment } from '../db/arrangements.ts'
import { findRequests, lockOffer } from '../db/copies.ts'
import { findRegion } from '../db/organisations.ts'
import { insertRevision } from '../db/revisions.ts'
import type { Schema } from '../db/schema.ts'
import { type Arrangement, heldFrom } from '../domain/arrangement.ts'
import { assertFits, assertOpen, assertParties, type OfferCopy, proposerOf, sharesFor } from '../domain/proposal.ts'
import { assertNotUnderWay } from './assert-not-under-way.ts'
import { receiptOf } from './move-arrangement.ts'
import { factsOf, logged, news, tell } from './save-change.ts'

const command = 'arrangement.propose'

/**
 * Proposes that an offer serves one or more requests; the actor's organisation owns the offer or one of the requests, or is
 * the region that coordinates. A party says yes to its own terms by proposing them; the coordinator binds nobody.
 * Refused at once with the figures when our copy of the offer cannot hold it, so that nobody negotiates in vain; the ledger
 * has the last word at approval. Throws `not_found arrangement.offer_not_found | arrangement.request_not_found`,
 * `forbidden arrangement.not_a_party | arrangement.not_the_coordinator | arrangement.role_negotiator_needed |
 * arrangement.role_coordinator_needed`, `invalid arrangement.own_offer | arrangement.below_slice | arrangement.period_outside |
 * arrangement.period_passed`, `conflict arrangement.capacity_short | arrangement.offer_not_open | arrangement.request_not_open |
 * arrangement.under_way | arrangement.no_coordinator`.
 */
export function proposeArrangement(
  { db, actor, requestId }: MemberContext,
  input: ProposeArrangement,
): Promise<ArrangementReceipt> {
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    // Proposals about one offer come one after the other, so that none overlooks another.
    const offer = await lockOffer(tx, input.offerId)
    if (!offer) throw new DomainError('not_found', 'arrangement.offer_not_found')
    const moment = await readMoment(tx)
    const shares = await admissibleShares(tx, offer, input, moment.today)
    await assertNotUnderWay(tx, offer.id, shares)
    const { lenderId } = offer
    const borrowerIds = [...new Set(shares.map(({ organisationId }) => organisationId))]
    const regionId = await findRegion(tx, [lenderId, ...borrowerIds])
    if (!regionId) throw new DomainError('conflict', 'arrangement.no_coordinator')
    const capacity = proposerOf({ lenderId, borrowerIds, regionId }, actor)
    const proposed: Arrangement = {
      id: await newArrangementId(tx),
      reference: await nextReference(tx, regionId, Number(moment.today.slice(0, 4))),
      status: 'proposed',
      version: 1,
      regionId,
      offerId: offer.id,
      lenderId,
      borrowerIds,
      proposerId: actor.organisationId,
      revision: 1,
      round: 1,
      shares,
      accepted: capacity.side === 'coordinator' ? [] : [actor.organisationId],
      decisions: [],
      heldSince: moment.now,
      heldUntil: null,
      endsOn: null,
      reason: null,
    }
    const arrangement = heldFrom(proposed, moment)
    const by = { ...capacity, organisationId: actor.organisationId, personId: actor.personId }
    await insertArrangement(tx, arrangement, { competence: offer.facts.mainCompetence, by, moment })
    await insertRevision(tx, arrangement, { by, terms: input, offer: offer.facts, moment })
    const origin = { by, organisationId: actor.organisationId, requestId, command }
    const log = { before: null, after: logged(arrangement) }
    await tell(tx, origin, arrangement, [news(arrangementProposed, factsOf(arrangement))], log)
    return receiptOf(arrangement)
  })
}

async function admissibleShares(tx: Transaction<Schema>, offer: OfferCopy, input: ProposeArrangement, today: string) {
  const requests = await findRequests(
    tx,
    input.shares.map(({ requestId }) => requestId),
  )
  const shares = sharesFor(input.shares, requests)
  assertParties(offer, shares)
  assertOpen(offer, requests)
  assertFits(shares, offer, today)
  return shares
}
