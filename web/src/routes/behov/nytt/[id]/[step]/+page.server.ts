import { openStep, saveStep } from '#lib/server/marketplace/draft-step.ts'
import { requestKind } from '#lib/server/marketplace/request-kind.ts'
import { stepPage } from '#lib/server/marketplace/step-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) =>
  stepPage(requestKind, event, event.params.step, await openStep(requestKind, event, event.params.id))

export const actions: Actions = { save: (event) => saveStep(requestKind, event, event.params.step, event.params.id) }
