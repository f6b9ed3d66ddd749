import type { PooledNeedDetails } from '@samkraft/contracts/matching'
import { transact } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { countyCoordinatedBy } from '../db/organisations.ts'
import { findPooledNeed, ownRequestsToPool, requestsToPool } from '../db/pooled-needs.ts'
import { thisWeek } from '../db/work.ts'
import { alikeTo, misfitIn, poolOf } from '../domain/pooling.ts'
import { offersForPool } from './match-pooled-need.ts'
import { countedIn, toMember, toPooledNeedView } from './pooled-need-view.ts'

/** As many requests are shown to whoever may invite them. */
const mostInvitable = 20

/**
 * A pooled need with who has joined. Which offers serve it is told to those, and to the coordinator of the county, who is also
 * told which requests could be invited: those that could be pooled, and fit. Throws
 * `not_found pooled_need.not_found`.
 */
export function getPooledNeed(
  { db, actor, relations }: MemberContext,
  { pooledNeedId }: { pooledNeedId: string },
): Promise<PooledNeedDetails> {
  return transact(db, async (tx) => {
    const need = await findPooledNeed(tx, pooledNeedId)
    if (!need) throw new DomainError('not_found', 'pooled_need.not_found')
    const market = { relations, fromWeek: await thisWeek(tx) }
    const county = await countyCoordinatedBy(tx, actor)
    const member = need.members.find(({ organisationId }) => organisationId === actor.organisationId)
    const told = (member?.joined ?? false) || need.countyCode === county
    const coordinated = need.open && need.countyCode === county
    const waiting = coordinated ? await requestsToPool(tx, need.countyCode, alikeTo(need.competence, relations)) : []
    const pool = poolOf(countedIn(need), market.fromWeek)
    const invitable = waiting.filter((request) => misfitIn(need, request, market) === null)
    const others = member || !need.open ? [] : await ownRequestsToPool(tx, actor.organisationId)
    const fitting = others.find(
      (request) => request.countyCode === need.countyCode && misfitIn(need, request, market) === null,
    )
    return {
      pooledNeed: toPooledNeedView(need, market.fromWeek),
      own: member
        ? { requestId: member.requestId, joined: member.joined, invitedTo: null }
        : fitting
          ? { requestId: fitting.requestId, joined: false, invitedTo: fitting.invitedTo }
          : null,
      couldInvite: invitable.slice(0, mostInvitable).map((request) => toMember(request, pool)),
      matches: told && need.open ? await offersForPool(tx, need, market) : [],
    }
  })
}
