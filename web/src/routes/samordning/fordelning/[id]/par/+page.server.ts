import { AdjustPlan } from '@samkraft/contracts/matching'
import { redirect, type RequestEvent } from '@sveltejs/kit'
import { paths, withQuery } from '#lib/paths.ts'
import { mustCoordinate } from '#lib/server/coordination/coordinator.ts'
import { act, type Form } from '#lib/server/form.ts'
import { pairPage } from '#lib/server/plans/pair-page.ts'
import { readAsked } from '#lib/server/plans/plan-page.ts'
import { planLabels } from '#lib/server/plans/plans-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, params, url }) => {
  mustCoordinate(locals.actor)
  return pairPage(locals.services, { planId: params.id, asked: readAsked(url), ...pairIn(url) })
}

function pairIn({ searchParams }: URL) {
  return {
    requestId: searchParams.get('behov') ?? '',
    offerId: searchParams.get('erbjudande') ?? '',
  }
}

const beside = {
  'plan.above_possible': 'hoursPerWeek',
  'plan.below_slice': 'hoursPerWeek',
  'plan.too_much_locked': 'hoursPerWeek',
}

/** Each change is a new plan of the same market; the page then shows what it does. */
function decide(event: RequestEvent<{ id: string }>, changeOf: (form: Form) => object) {
  return act(event, { labels: planLabels, beside }, async (form): Promise<never> => {
    const change = { ...pairIn(event.url), ...changeOf(form) }
    const input = form.input(AdjustPlan, { planId: event.params.id, change })
    const { planId } = await event.locals.services.matching.plan.adjust.mutate(input)
    // Its rows are others, so it begins on the first page of the same view.
    redirect(303, withQuery(paths.plan(planId), { ...readAsked(event.url), efter: null, jamfor: event.params.id }))
  })
}

export const actions: Actions = {
  lock: (event) => decide(event, (form) => ({ kind: 'lock', hoursPerWeek: form.number('hoursPerWeek') })),
  exclude: (event) => decide(event, () => ({ kind: 'exclude' })),
  release: (event) => decide(event, () => ({ kind: 'release' })),
}
