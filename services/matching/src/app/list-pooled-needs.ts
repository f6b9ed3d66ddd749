import type { PooledNeeds } from '@samkraft/contracts/matching'
import { transact } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { countyCoordinatedBy } from '../db/organisations.ts'
import { openPooledNeeds, requestsToPool } from '../db/pooled-needs.ts'
import { thisWeek } from '../db/work.ts'
import { suggestPools } from '../domain/pooling.ts'
import { toPooledNeedView, toSuggestion } from './pooled-need-view.ts'

const mostShown = 50

/** What is pooled in the coordinator's county, and what could be. */
export function listPooledNeeds({ db, actor, relations }: MemberContext): Promise<PooledNeeds> {
  return transact(db, async (tx) => {
    const county = await countyCoordinatedBy(tx, actor.organisationId)
    if (county === null) return { items: [], suggestions: [] }
    const fromWeek = await thisWeek(tx)
    const needs = await openPooledNeeds(tx, { county, limit: mostShown })
    const suggestions = suggestPools(await requestsToPool(tx, county), { relations, fromWeek })
    return {
      items: needs.map((need) => toPooledNeedView(need, fromWeek)),
      suggestions: suggestions.slice(0, mostShown).map(toSuggestion),
    }
  })
}
