import { live } from '#lib/live.ts'
import { mayPublish } from '#lib/server/marketplace/moves.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ url, locals: { services, actor }, depends }) => {
  depends(live('offer'))
  const cursor = url.searchParams.get('efter') || undefined
  const page = await services.marketplace.offer.mine.query({ cursor, limit: 50 })
  return { page, isFirst: cursor === undefined, publishing: mayPublish(actor) }
}
