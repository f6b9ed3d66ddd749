import { Id, type PageInput } from '@samkraft/contracts'
import type { PlanList } from '@samkraft/contracts/matching'
import { asActor, fromCursor, pageOf } from '@samkraft/db'
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
    return pageOf(await readPlans(tx, { organisationId, after, limit }), limit, ({ planId }) => planId)
  })
}
