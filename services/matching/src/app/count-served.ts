import type { ServedCounts } from '@samkraft/contracts/matching'
import type { MemberContext } from '../context.ts'
import { servedCountsOf } from '../db/match-views.ts'

/** How many requests each of these offers serves, of those that are the reader's own and open; others are left out. */
export async function countServed(
  { db, actor }: MemberContext,
  { offerIds }: { offerIds: readonly string[] },
): Promise<ServedCounts> {
  return { items: await servedCountsOf(db, actor.organisationId, offerIds) }
}
