import type { OwnMatchesForRequest } from '@samkraft/contracts/matching'
import type { MemberContext } from '../context.ts'
import { listForRequest } from '../db/match-views.ts'
import { findRequestSubject } from '../db/subjects.ts'

/**
 * Which of the reader's own offers serve a request, best first; none where none does. What others offer it is not told.
 */
export async function listOwnMatchesForRequest(
  { db, actor }: MemberContext,
  { requestId }: { requestId: string },
): Promise<OwnMatchesForRequest> {
  const [matches, subject] = await Promise.all([listForRequest(db, requestId), findRequestSubject(db, requestId)])
  return {
    more: subject?.moreServing ?? false,
    items: matches.filter(({ offer, group }) => offer.organisationId === actor.organisationId && group !== 'near'),
  }
}
