import type { LeavePooledNeed, PooledNeedReceipt } from '@samkraft/contracts/matching'
import { runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { lockPooledNeed, takeOutOfPool } from '../db/pooled-needs.ts'
import { tellOfPool } from './change-pooled-need.ts'

const command = 'pooledNeed.leave'

/**
 * The own request leaves a pooled need, or its invitation is turned down; it may join again. Throws
 * `not_found pooled_need.not_found`, also where the own organisation has no such request in it.
 */
export function leavePooledNeed(ctx: MemberContext, input: LeavePooledNeed): Promise<PooledNeedReceipt> {
  const { db, actor } = ctx
  const { pooledNeedId, requestId } = input
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    const need = await lockPooledNeed(tx, pooledNeedId)
    const own = need?.members.find(
      (member) => member.requestId === requestId && member.organisationId === actor.organisationId,
    )
    if (!need || !own) throw new DomainError('not_found', 'pooled_need.not_found')
    await takeOutOfPool(tx, pooledNeedId, requestId)
    await tellOfPool(tx, ctx, { command, pooledNeedId, before: need, requestIds: [requestId] })
    return { pooledNeedId }
  })
}
