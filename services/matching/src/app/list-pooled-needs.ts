import { Id, type PageInput } from '@samkraft/contracts'
import type { PooledNeedPage } from '@samkraft/contracts/matching'
import { fromCursor, pageOf, transact } from '@samkraft/db'
import type { z } from 'zod'
import type { MemberContext } from '../context.ts'
import { countyOf } from '../db/organisations.ts'
import { openPooledNeeds } from '../db/pooled-needs.ts'
import { thisWeek } from '../db/work.ts'
import { toPooledNeedView } from './pooled-need-view.ts'

/** What is pooled in the county of the actor's organisation; in the whole country for one that lies in none. */
export function listPooledNeeds(
  { db, actor }: MemberContext,
  { cursor, limit }: z.output<typeof PageInput>,
): Promise<PooledNeedPage> {
  const after = cursor === undefined ? null : fromCursor(Id, cursor)
  return transact(db, async (tx) => {
    const county = await countyOf(tx, actor.organisationId)
    const found = await openPooledNeeds(tx, { county, after, limit: limit + 1 })
    const { items, next } = pageOf(found, limit, ({ pooledNeedId }) => pooledNeedId)
    const fromWeek = await thisWeek(tx)
    return { items: items.map((need) => toPooledNeedView(need, fromWeek)), next }
  })
}
