import { paths } from '#lib/paths.ts'
import type { PoolLine, PoolSuggestion } from '#lib/pooling/pool.ts'
import type { Services } from '../services.ts'
import { wholeOf } from '../whole-of.ts'
import { lineOf, namesFor, suggestionOf, titleOf } from './said.ts'

/** What is pooled in a county, and what could be; `pooledIn` leads from a request to what it is pooled in. */
export type CountyPools = Readonly<{
  pools: readonly PoolLine[]
  suggestions: readonly (PoolSuggestion & Readonly<{ title: string }>)[]
  pooledIn: Readonly<Record<string, string>>
}>

/** What is pooled in the coordinator's county, and what could be. */
export async function poolsOfCounty(services: Services): Promise<CountyPools> {
  const { pooledNeed } = services.matching
  const [items, { items: suggestions }] = await Promise.all([
    wholeOf((cursor) => pooledNeed.list.query({ cursor, limit: 100 })),
    pooledNeed.suggest.query(),
  ])
  const names = await namesFor(services, [...items, ...suggestions])
  return {
    pools: items.map((need) => lineOf(need, names, () => titleOf(need, names))),
    pooledIn: Object.fromEntries(
      items.flatMap(({ pooledNeedId, members }) =>
        members.map(({ requestId }) => [requestId, paths.pooledNeed(pooledNeedId)]),
      ),
    ),
    suggestions: suggestions.map((suggestion) => ({
      ...suggestionOf(suggestion, names, { start: null, ownId: undefined }),
      title: names.competence(suggestion.competence),
    })),
  }
}
