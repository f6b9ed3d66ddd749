import type { OwnMatchesForRequest } from '@samkraft/contracts/matching'
import type { MemberContext } from '../context.ts'
import { listForRequest } from '../db/match-views.ts'

/**
 * Which of the reader's own offers serve a request, best first; none where none does. What others offer it is not told.
 */
export async function listOwnMatchesForRequest(
  { db, actor }: MemberContext,
  { requestId }: { requestId: string },
): Promise<OwnMatchesForRequest> {
  const matches = await listForRequest(db, requestId)
  return {
    items: matches.filter(({ offer, group }) => offer.organisationId === actor.organisationId && group !== 'near'),
  }
}
