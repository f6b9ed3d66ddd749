import type { ServingCounts } from '@samkraft/contracts/matching'
import type { MemberContext } from '../context.ts'
import { servingCountsOf } from '../db/requests.ts'

/** How many offers serve each of these requests, of those that are the reader's own and open; others are left out. */
export async function countServing(
  { db, actor }: MemberContext,
  { requestIds }: { requestIds: readonly string[] },
): Promise<ServingCounts> {
  return { items: await servingCountsOf(db, actor.organisationId, requestIds) }
}
