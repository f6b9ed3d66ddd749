import type { Services } from '../services.ts'
import { lineOf, namesFor, titleOf } from './said.ts'

/** Rows of one page. */
const rowsShown = 50

/** What is pooled in the reader's county, newest first. */
export async function pooledNeedsPage(services: Services, cursor: string | undefined) {
  const { items, next } = await services.matching.pooledNeed.list.query({ cursor, limit: rowsShown })
  const names = await namesFor(services, items)
  return {
    pools: items.map((need) => lineOf(need, names, () => titleOf(need, names))),
    isFirst: cursor === undefined,
    next,
  }
}
