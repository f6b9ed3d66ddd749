import type { PooledNeedDetails } from '@samkraft/contracts/matching'
import { transact } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { countyCoordinatedBy } from '../db/organisations.ts'
import { findPooledNeed, ownRequestsToPool } from '../db/pooled-needs.ts'
import { thisWeek } from '../db/work.ts'
import { misfitIn } from '../domain/pooling.ts'
import { coordinates } from '../domain/reader.ts'
import { offersForPool } from './match-pooled-need.ts'
import { toPooledNeedView } from './pooled-need-view.ts'

/**
 * A pooled need with who has joined. Which offers serve it is told to those, and to the coordinator of the county. Throws
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
    const county = coordinates(actor) ? await countyCoordinatedBy(tx, actor.organisationId) : null
    const member = need.members.find(({ organisationId }) => organisationId === actor.organisationId)
    const told = (member?.joined ?? false) || need.countyCode === county
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
      matches: told && need.open ? await offersForPool(tx, need, market) : [],
    }
  })
}
