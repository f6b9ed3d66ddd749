import type { PooledNeedsForOffer } from '@samkraft/contracts/matching'
import { transact } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { findOffered } from '../db/offers.ts'
import { openPooledNeedsFor } from '../db/pooled-needs.ts'
import { ownerOfOffer } from '../db/subjects.ts'
import { thisWeek } from '../db/work.ts'
import { byScore, matchPooledNeed } from './match-pooled-need.ts'

const mostShown = 5

/** The pooled needs that the own offer serves, best first. Throws `not_found offer.not_found` for another organisation's. */
export function listPooledNeedsForOffer(
  { db, actor, relations }: MemberContext,
  { offerId }: { offerId: string },
): Promise<PooledNeedsForOffer> {
  return transact(db, async (tx) => {
    if ((await ownerOfOffer(tx, offerId)) !== actor.organisationId)
      throw new DomainError('not_found', 'offer.not_found')
    const offer = (await findOffered(tx, [offerId])).get(offerId)
    if (!offer) return { items: [] }
    const { facts } = offer
    const asked = [facts.mainCompetence, ...facts.otherCompetences].flatMap((offered) => relations.askedFor(offered))
    const needs = await openPooledNeedsFor(tx, [...new Set(asked)])
    const market = { relations, fromWeek: await thisWeek(tx) }
    const items = needs.flatMap((need) => matchPooledNeed(need, offer, market) ?? [])
    return { items: items.sort(byScore).slice(0, mostShown) }
  })
}
