import type { JoinPooledNeed, PooledNeedReceipt } from '@samkraft/contracts/matching'
import { runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import {
  findPoolable,
  holdRequests,
  lockPooledNeeds,
  type PooledNeed,
  pooledNeedOf,
  putInPool,
  takeOutOfPool,
} from '../db/pooled-needs.ts'
import { thisWeek } from '../db/work.ts'
import { assertFits, assertMayPool, tellOfPool } from './change-pooled-need.ts'

const command = 'pooledNeed.join'

/**
 * The own request joins a pooled need, invited or not; an invitation to another is turned down with that. Throws
 * `not_found request.not_found` for another organisation's, `not_found pooled_need.not_found`, and `conflict pooled_need.closed |
 * pooled_need.request_not_open | pooled_need.in_another | pooled_need.other_county | pooled_need.<misfit>`.
 */
export function joinPooledNeed(ctx: MemberContext, input: JoinPooledNeed): Promise<PooledNeedReceipt> {
  const { db, actor, relations } = ctx
  const { pooledNeedId, requestId } = input
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    await holdRequests(tx, [requestId])
    const [request] = await findPoolable(tx, [requestId])
    if (request?.organisationId !== actor.organisationId) throw new DomainError('not_found', 'request.not_found')
    const invitedTo = await pooledNeedOf(tx, requestId)
    const ids = [pooledNeedId, invitedTo?.pooledNeedId ?? pooledNeedId]
    const [need, other] = await lockPooledNeeds(tx, [...new Set(ids)])
    if (need?.pooledNeedId !== pooledNeedId) throw new DomainError('not_found', 'pooled_need.not_found')
    if (!need.open) throw new DomainError('conflict', 'pooled_need.closed')
    assertMayPool(request)
    if (need.countyCode !== request.countyCode) throw new DomainError('conflict', 'pooled_need.other_county')
    const others = need.members.filter((member) => member.requestId !== requestId)
    const market = { relations, fromWeek: await thisWeek(tx) }
    // What was invited was found to fit; the others' needs may have moved since, and that is theirs to say.
    if (others.length === need.members.length) assertFits({ ...need, members: others }, request, market)
    if (other && isInvited(other, requestId)) {
      await takeOutOfPool(tx, other.pooledNeedId, requestId)
      await tellOfPool(tx, ctx, {
        command: 'pooledNeed.leave',
        pooledNeedId: other.pooledNeedId,
        before: other,
        requestIds: [requestId],
      })
    }
    if (!(await putInPool(tx, pooledNeedId, request, { joins: true })))
      throw new DomainError('conflict', 'pooled_need.in_another')
    await tellOfPool(tx, ctx, { command, pooledNeedId, before: need, requestIds: [requestId] })
    return { pooledNeedId }
  })
}

function isInvited({ members }: PooledNeed, requestId: string): boolean {
  return members.some((member) => member.requestId === requestId && !member.joined)
}
