import type pg from 'pg'
import { vi } from 'vitest'

/** Until matching has worked off what events have left behind. `matching` is its database as superuser. */
export async function matched(matching: pg.Pool): Promise<void> {
  const behind = `select from offer where stale_since is not null union all select from request where stale_since is not null
    union all select from plan_work`
  await vi.waitFor(
    async () => {
      const { rowCount } = await matching.query(behind)
      if (rowCount !== 0) throw new Error(`${rowCount} offers, requests and plans wait to be computed`)
    },
    { timeout: 30_000, interval: 5 },
  )
}
