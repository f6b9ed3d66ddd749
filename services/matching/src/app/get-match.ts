import type { MatchView } from '@samkraft/contracts/matching'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { findMatch } from '../db/match-views.ts'
import { countyCoordinatedBy } from '../db/organisations.ts'
import { findRequestSubject } from '../db/subjects.ts'
import { mayReadMatchesOf } from '../domain/reader.ts'

/** One match with all its factors, for either of its two sides and the coordinator. Throws `not_found match.not_found`. */
export async function getMatch(
  { db, actor }: MemberContext,
  pair: { requestId: string; offerId: string },
): Promise<MatchView> {
  const match = await findMatch(db, pair)
  const subject = await findRequestSubject(db, pair.requestId)
  const county = await countyCoordinatedBy(db, actor)
  const lends = match?.offer.organisationId === actor.organisationId
  const readable = subject && { ownerId: subject.request.organisationId, countyCode: subject.countyCode }
  if (!match || !readable || !(lends || mayReadMatchesOf(readable, actor, county)))
    throw new DomainError('not_found', 'match.not_found')
  return match
}
