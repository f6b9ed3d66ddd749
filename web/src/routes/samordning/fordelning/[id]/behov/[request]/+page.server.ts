import { planPolicies } from '@samkraft/contracts/matching'
import { mustCoordinate } from '#lib/server/coordination/coordinator.ts'
import { whyPage } from '#lib/server/plans/pair-page.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, params, url }) => {
  mustCoordinate(locals.actor)
  return whyPage(locals.services, {
    planId: params.id,
    requestId: params.request,
    policy: planPolicies.find((one) => one === url.searchParams.get('princip')) ?? 'balanced',
  })
}
