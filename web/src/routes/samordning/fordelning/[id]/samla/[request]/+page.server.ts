import { mustCoordinate } from '#lib/server/coordination/coordinator.ts'
import { readAsked } from '#lib/server/plans/plan-page.ts'
import { poolPage } from '#lib/server/plans/pool-page.ts'
import { poolActions } from '#lib/server/pooling/actions.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, params, url }) => {
  mustCoordinate(locals.actor)
  return poolPage(locals.services, {
    planId: params.id,
    requestId: params.request,
    asked: readAsked(url),
  })
}

const { startPool } = poolActions
export const actions: Actions = { startPool }
