import { AdjustPlan, DiscardPlan, SavePlan, StopPlan } from '@samkraft/contracts/matching'
import { redirect } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import { live } from '#lib/live.ts'
import { paths, withQuery } from '#lib/paths.ts'
import { mustCoordinate } from '#lib/server/coordination/coordinator.ts'
import { act } from '#lib/server/form.ts'
import { planPage, readAsked } from '#lib/server/plans/plan-page.ts'
import { planLabels, readSettings } from '#lib/server/plans/plans-page.ts'
import { proposeRows } from '#lib/server/plans/propose.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  mustCoordinate(locals.actor)
  depends(live('plan'))
  const page = await planPage(locals.services, params.id, url)
  return {
    ...page,
    rationale: m.plan_propose_default({ date: page.madeOn }),
    done: url.searchParams.get('gjort'),
  }
}

/** A plan as it was looked at: the same policy and view, from the first page on. */
const seenAs = (url: URL, planId: string, changes: Readonly<Record<string, string>> = {}) =>
  withQuery(paths.plan(planId), { ...readAsked(url), efter: null, ...changes })

const labelled = { labels: planLabels, missing: { rationale: m.missing_rationale } }

export const actions: Actions = {
  stop: (event) =>
    act(event, labelled, async (form): Promise<never> => {
      await event.locals.services.matching.plan.stop.mutate(form.input(StopPlan, { planId: event.params.id }))
      redirect(303, seenAs(event.url, event.params.id))
    }),
  save: (event) =>
    act(event, labelled, async (form): Promise<never> => {
      const input = { planId: event.params.id, version: form.number('version'), name: form.text('name') }
      await event.locals.services.matching.plan.save.mutate(form.input(SavePlan, input))
      redirect(303, seenAs(event.url, event.params.id, { gjort: 'save' }))
    }),
  discard: (event) =>
    act(event, labelled, async (form): Promise<never> => {
      const seen = { planId: event.params.id, version: form.number('version') }
      await event.locals.services.matching.plan.discard.mutate(form.input(DiscardPlan, seen))
      redirect(303, withQuery(paths.plans, { gjort: 'discard' }))
    }),
  again: (event) =>
    act(event, labelled, async (form): Promise<never> => {
      const { planId } = await event.locals.services.matching.plan.compute.mutate(readSettings(form, event.params.id))
      redirect(303, seenAs(event.url, planId, { jamfor: event.params.id }))
    }),
  release: (event) =>
    act(event, labelled, async (form): Promise<never> => {
      const change = { kind: 'release', requestId: form.text('requestId'), offerId: form.text('offerId') }
      const input = form.input(AdjustPlan, { planId: event.params.id, change })
      const { planId } = await event.locals.services.matching.plan.adjust.mutate(input)
      redirect(303, seenAs(event.url, planId, { jamfor: event.params.id }))
    }),
  propose: (event) =>
    act(event, labelled, async (form) => ({
      proposed: await proposeRows(event.locals.services, event.params.id, form),
    })),
}
