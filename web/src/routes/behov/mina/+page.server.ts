import { live } from '#lib/live.ts'
import { mayPublish } from '#lib/server/marketplace/moves.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ url, locals: { services, actor }, depends }) => {
  depends(live('request'))
  const cursor = url.searchParams.get('efter') || undefined
  const page = await services.marketplace.request.mine.query({ cursor, limit: 50 })
  return { page, isFirst: cursor === undefined, publishing: mayPublish(actor) }
}
