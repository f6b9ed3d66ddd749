import { live } from '#lib/live.ts'
import { mustCoordinate } from '#lib/server/coordination/coordinator.ts'
import { unmetPage } from '#lib/server/coordination/unmet-page.ts'
import { poolActions } from '#lib/server/pooling/actions.ts'
import { poolsOfCounty } from '#lib/server/pooling/for-county.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  mustCoordinate(locals.actor)
  depends(live('match'))
  depends(live('pooled_need'))
  const [unmet, county] = await Promise.all([
    unmetPage(locals.services, url.searchParams.get('efter')),
    poolsOfCounty(locals.services),
  ])
  return { ...unmet, ...county }
}

const { startPool } = poolActions
/** The same from a suggestion and from marked rows, so that a refusal stands where the form is. */
export const actions: Actions = { startPool, poolMarked: startPool }
