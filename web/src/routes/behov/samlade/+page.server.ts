import { live } from '#lib/live.ts'
import { mayPublish } from '#lib/server/marketplace/moves.ts'
import { pooledNeedsPage } from '#lib/server/pooling/list-page.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ url, locals: { services, actor }, depends }) => {
  depends(live('pooled_need'))
  const cursor = url.searchParams.get('efter') || undefined
  return { ...(await pooledNeedsPage(services, cursor)), publishing: mayPublish(actor) }
}
