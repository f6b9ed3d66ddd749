import { live } from '#lib/live.ts'
import { arrangementsBeside } from '#lib/server/arrangements/lines.ts'
import { servedSaid } from '#lib/server/matching/serving.ts'
import { mayPublish } from '#lib/server/marketplace/moves.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ url, locals, depends }) => {
  depends(live('offer'))
  depends(live('arrangement'))
  depends(live('match'))
  const { services, actor } = locals
  const cursor = url.searchParams.get('efter') || undefined
  const page = await services.marketplace.offer.mine.query({ cursor, limit: 50 })
  const [arrangements, served] = await Promise.all([
    arrangementsBeside(locals, { offerIds: page.items.map(({ id }) => id) }),
    servedSaid(services, page.items),
  ])
  return { page, arrangements, served, isFirst: cursor === undefined, publishing: mayPublish(actor) }
}
