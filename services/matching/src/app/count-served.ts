import type { ServedCounts } from '@samkraft/contracts/matching'
import type { MemberContext } from '../context.ts'
import { crowdedOut, servedCountsOf } from '../db/match-views.ts'

/** How many requests each of these offers serves, of those that are the reader's own and open; others are left out. */
export async function countServed(
  { db, actor, relations }: MemberContext,
  { offerIds }: { offerIds: readonly string[] },
): Promise<ServedCounts> {
  const [counts, crowded] = await Promise.all([
    servedCountsOf(db, actor.organisationId, offerIds),
    crowdedOut(db, relations, offerIds),
  ])
  return { items: counts.map((count) => ({ ...count, more: crowded.has(count.offerId) })) }
}
