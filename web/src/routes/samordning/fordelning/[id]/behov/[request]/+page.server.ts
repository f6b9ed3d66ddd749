import { mustCoordinate } from '#lib/server/coordination/coordinator.ts'
import { whyPage } from '#lib/server/plans/pair-page.ts'
import { readAsked } from '#lib/server/plans/plan-page.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, params, url }) => {
  mustCoordinate(locals.actor)
  const where = { planId: params.id, requestId: params.request, asked: readAsked(url) }
  return whyPage(locals.services, where, url.searchParams.get('nasta'))
}
