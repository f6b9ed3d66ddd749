import { changeStep } from '#lib/server/marketplace/draft-step.ts'
import { requestKind } from '#lib/server/marketplace/request-kind.ts'
import { changePage } from '#lib/server/marketplace/published-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = (event) => changePage(requestKind, event, event.params.id, event.params.step)

export const actions: Actions = {
  save: (event) => changeStep(requestKind, event, event.params.id, event.params.step),
}
