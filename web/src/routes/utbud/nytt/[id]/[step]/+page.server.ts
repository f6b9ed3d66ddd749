import { openStep, saveStep } from '#lib/server/marketplace/draft-step.ts'
import { offerKind } from '#lib/server/marketplace/offer-kind.ts'
import { stepPage } from '#lib/server/marketplace/step-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) =>
  stepPage(offerKind, event, event.params.step, await openStep(offerKind, event, event.params.id))

export const actions: Actions = { save: (event) => saveStep(offerKind, event, event.params.step, event.params.id) }
