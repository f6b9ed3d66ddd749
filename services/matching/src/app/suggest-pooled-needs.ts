import type { PooledSuggestions } from '@samkraft/contracts/matching'
import { transact } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { countyCoordinatedBy } from '../db/organisations.ts'
import { requestsToPool } from '../db/pooled-needs.ts'
import { thisWeek } from '../db/work.ts'
import { suggestPools } from '../domain/pooling.ts'
import { toSuggestion } from './pooled-need-view.ts'

const mostShown = 50

/** What could be pooled in the coordinator's county, the nearest to each other first. */
export function suggestPooledNeeds({ db, actor, relations }: MemberContext): Promise<PooledSuggestions> {
  return transact(db, async (tx) => {
    const county = await countyCoordinatedBy(tx, actor)
    if (county === null) return { items: [] }
    const suggestions = suggestPools(await requestsToPool(tx, county), { relations, fromWeek: await thisWeek(tx) })
    return { items: [...suggestions.take(mostShown)].map(toSuggestion) }
  })
}
