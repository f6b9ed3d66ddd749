import type { MatchesForRequest, MatchView } from '@samkraft/contracts/matching'
import { transact } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { listForRequest } from '../db/match-views.ts'
import { countyCoordinatedBy } from '../db/organisations.ts'
import { findRequestSubject } from '../db/subjects.ts'
import { combinationFor } from './combine-offers.ts'
import { mayReadMatchesOf } from '../domain/reader.ts'

/** A request's matches in their groups. A request that is closed has none. Throws `not_found request.not_found`. */
export function listMatchesForRequest(
  { db, actor }: MemberContext,
  { requestId }: { requestId: string },
): Promise<MatchesForRequest> {
  return transact(db, async (tx) => {
    const subject = await findRequestSubject(tx, requestId)
    const county = await countyCoordinatedBy(tx, actor)
    const readable = subject && { ownerId: subject.request.organisationId, countyCode: subject.countyCode }
    if (!readable || !mayReadMatchesOf(readable, actor, county)) throw new DomainError('not_found', 'request.not_found')
    const matches = await listForRequest(tx, requestId)
    const groups = inGroups(matches)
    return {
      request: subject.request,
      computedAt: subject.computedAt?.toISOString() ?? null,
      groups,
      combination: groups.full.length > 0 ? null : await combinationFor(tx, requestId, matches),
      more: subject.open && subject.moreServing,
    }
  })
}

function inGroups(matches: readonly MatchView[]): MatchesForRequest['groups'] {
  const of = (name: MatchView['group']) => matches.filter(({ group }) => group === name)
  return { full: of('full'), partial: of('partial'), part_of_period: of('part_of_period'), near: of('near') }
}
