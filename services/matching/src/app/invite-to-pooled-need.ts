import type { InviteToPooledNeed, PooledNeedReceipt } from '@samkraft/contracts/matching'
import { runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { countyCoordinatedBy } from '../db/organisations.ts'
import { findPoolable, holdRequests, lockPooledNeed, putInPool } from '../db/pooled-needs.ts'
import { thisWeek } from '../db/work.ts'
import { assertFits, assertMayPool, tellOfPool } from './change-pooled-need.ts'

const command = 'pooledNeed.invite'

/**
 * The coordinator of its county invites one more request to a pooled need; its owner joins or turns it down. Throws
 * `not_found pooled_need.not_found | request.not_found`, `forbidden pooled_need.not_coordinated`, and `conflict pooled_need.closed |
 * pooled_need.request_not_open | pooled_need.in_another | pooled_need.other_county | pooled_need.<misfit>`.
 */
export function inviteToPooledNeed(ctx: MemberContext, input: InviteToPooledNeed): Promise<PooledNeedReceipt> {
  const { db, actor, relations } = ctx
  const { pooledNeedId, requestId } = input
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    await holdRequests(tx, [requestId])
    const need = await lockPooledNeed(tx, pooledNeedId)
    if (!need) throw new DomainError('not_found', 'pooled_need.not_found')
    if ((await countyCoordinatedBy(tx, actor)) !== need.countyCode)
      throw new DomainError('forbidden', 'pooled_need.not_coordinated')
    if (!need.open) throw new DomainError('conflict', 'pooled_need.closed')
    const [request] = await findPoolable(tx, [requestId])
    if (!request) throw new DomainError('not_found', 'request.not_found')
    assertMayPool(request)
    if (need.members.some((member) => member.requestId === requestId))
      throw new DomainError('conflict', 'pooled_need.in_another')
    if (need.countyCode !== request.countyCode) throw new DomainError('conflict', 'pooled_need.other_county')
    assertFits(need, request, { relations, fromWeek: await thisWeek(tx) })
    if (!(await putInPool(tx, pooledNeedId, request, { joins: false })))
      throw new DomainError('conflict', 'pooled_need.in_another')
    await tellOfPool(tx, ctx, { command, pooledNeedId, before: need, requestIds: [requestId] })
    return { pooledNeedId }
  })
}
