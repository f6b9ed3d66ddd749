import { live } from '#lib/live.ts'
import { arrangementsBeside } from '#lib/server/arrangements/lines.ts'
import { servingSaid } from '#lib/server/matching/serving.ts'
import { mayPublish } from '#lib/server/marketplace/moves.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ url, locals, depends }) => {
  depends(live('request'))
  depends(live('arrangement'))
  depends(live('match'))
  const { services, actor } = locals
  const cursor = url.searchParams.get('efter') || undefined
  const page = await services.marketplace.request.mine.query({ cursor, limit: 50 })
  const [arrangements, serving] = await Promise.all([
    arrangementsBeside(locals, { requestIds: page.items.map(({ id }) => id) }),
    servingSaid(services, page.items),
  ])
  return { page, arrangements, serving, isFirst: cursor === undefined, publishing: mayPublish(actor) }
}
