import { changeStep } from '#lib/server/marketplace/draft-step.ts'
import { offerKind } from '#lib/server/marketplace/offer-kind.ts'
import { changePage } from '#lib/server/marketplace/published-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = (event) => changePage(offerKind, event, event.params.id, event.params.step)

export const actions: Actions = {
  save: (event) => changeStep(offerKind, event, event.params.id, event.params.step),
}
