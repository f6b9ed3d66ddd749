import { Id, type PageInput } from '@samkraft/contracts'
import type { PlanList } from '@samkraft/contracts/matching'
import { asActor, fromCursor, toCursor } from '@samkraft/db'
import type { z } from 'zod'
import type { MemberContext } from '../context.ts'
import { listPlans as readPlans } from '../db/plans.ts'

/** The organisation's plans, newest first. */
export function listPlans(
  { db, actor }: MemberContext,
  { cursor, limit }: z.output<typeof PageInput>,
): Promise<PlanList> {
  const after = cursor === undefined ? null : fromCursor(Id, cursor)
  const { organisationId } = actor
  return asActor(db, actor, async (tx) => {
    const found = await readPlans(tx, { organisationId, after, limit })
    const items = found.slice(0, limit)
    const last = items.at(-1)
    return { items, next: found.length > limit && last ? toCursor(last.planId) : null }
  })
}
