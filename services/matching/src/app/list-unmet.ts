import { Id, type PageInput } from '@samkraft/contracts'
import type { UnmetRequests } from '@samkraft/contracts/matching'
import { fromCursor, pageOf, transact } from '@samkraft/db'
import { z } from 'zod'
import type { MemberContext } from '../context.ts'
import { countyCoordinatedBy } from '../db/organisations.ts'
import { listUnmet as readUnmet } from '../db/unmet.ts'
import { thisWeek } from '../db/work.ts'

/** Postgres knows no year 0000; nothing was opened before this century. */
const Key = z.object({ openedAt: z.iso.datetime({ precision: 6 }).regex(/^2/), requestId: Id })

/** Open requests in the coordinator's county that no offer serves. */
export async function listUnmet(
  { db, actor }: MemberContext,
  { cursor, limit }: z.output<typeof PageInput>,
): Promise<UnmetRequests> {
  const after = cursor === undefined ? null : fromCursor(Key, cursor)
  const found = await transact(db, async (tx) => {
    const county = await countyCoordinatedBy(tx, actor)
    return county === null ? [] : readUnmet(tx, { county, fromWeek: await thisWeek(tx), after, limit })
  })
  const { items, next } = pageOf(found, limit, (last) => last.after)
  return { items: items.map(({ view }) => view), next }
}
