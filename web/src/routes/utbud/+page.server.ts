import { live } from '#lib/live.ts'
import { readOfferFilters } from '#lib/server/marketplace/market-filters.ts'
import { marketPage } from '#lib/server/marketplace/market-page.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ url, locals, depends }) => {
  depends(live('offer'))
  const { list, count } = locals.services.marketplace.offer
  return marketPage({ url, locals }, { read: readOfferFilters, list: list.query, count: count.query })
}
