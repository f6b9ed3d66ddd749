import { redirect } from '@sveltejs/kit'
import { live } from '#lib/live.ts'
import { paths } from '#lib/paths.ts'
import { mustCoordinate } from '#lib/server/coordination/coordinator.ts'
import { act } from '#lib/server/form.ts'
import { planLabels, plansPage, readSettings } from '#lib/server/plans/plans-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  mustCoordinate(locals.actor)
  depends(live('plan'))
  return {
    ...(await plansPage(locals.services, url.searchParams.get('efter'))),
    discarded: url.searchParams.get('gjort') === 'discard',
  }
}

export const actions: Actions = {
  compute: (event) =>
    act(event, { labels: planLabels }, async (form): Promise<never> => {
      const { planId } = await event.locals.services.matching.plan.compute.mutate(readSettings(form, null))
      redirect(303, paths.plan(planId))
    }),
}
