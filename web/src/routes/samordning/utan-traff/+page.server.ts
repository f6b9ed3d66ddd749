import { live } from '#lib/live.ts'
import { mustCoordinate } from '#lib/server/coordination/coordinator.ts'
import { unmetPage } from '#lib/server/coordination/unmet-page.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, url, depends }) => {
  mustCoordinate(locals.actor)
  depends(live('match'))
  return unmetPage(locals.services, url.searchParams.get('efter'))
}
