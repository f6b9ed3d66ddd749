import { redirect } from '@sveltejs/kit'
import { live } from '#lib/live.ts'
import { countyOf, countyView } from '#lib/server/marketplace/county.ts'
import { askedWords } from '#lib/server/marketplace/asked-words.ts'
import { withoutEmpty } from '#lib/server/marketplace/address.ts'
import { readRequestFilters } from '#lib/server/marketplace/market-filters.ts'
import { mayPublish } from '#lib/server/marketplace/moves.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ url, locals: { services, actor }, depends }) => {
  depends(live('request'))
  const clean = withoutEmpty(url)
  if (clean) redirect(303, clean)
  const { request, market } = services.marketplace
  const { asked, filters, sort } = readRequestFilters(url)
  const county = countyOf(actor)
  const [page, count, summary, words] = await Promise.all([
    request.list.query({ ...filters, sort, cursor: asked.cursor ?? undefined }),
    request.count.query(filters),
    market.summary.query({ county, period: filters.period }),
    askedWords(services, filters),
  ])
  return { asked, ...words, page, count, county: countyView(county, summary.rows), publishing: mayPublish(actor) }
}
