import { live } from '#lib/live.ts'
import { readRequestFilters } from '#lib/server/marketplace/market-filters.ts'
import { marketPage } from '#lib/server/marketplace/market-page.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ url, locals, depends }) => {
  depends(live('request'))
  const { list, count } = locals.services.marketplace.request
  return marketPage({ url, locals }, { read: readRequestFilters, list: list.query, count: count.query })
}
