import { checkPage, discardDraft, publishDraft } from '#lib/server/marketplace/check-page.ts'
import { offerKind } from '#lib/server/marketplace/offer-kind.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = (event) => checkPage(offerKind, event, event.params.id)

export const actions: Actions = {
  publish: (event) => publishDraft(offerKind, event, event.params.id),
  discard: (event) => discardDraft(offerKind, event, event.params.id),
}
