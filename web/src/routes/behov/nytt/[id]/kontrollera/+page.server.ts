import { checkPage, discardDraft, publishDraft } from '#lib/server/marketplace/check-page.ts'
import { requestKind } from '#lib/server/marketplace/request-kind.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = (event) => checkPage(requestKind, event, event.params.id)

export const actions: Actions = {
  publish: (event) => publishDraft(requestKind, event, event.params.id),
  discard: (event) => discardDraft(requestKind, event, event.params.id),
}
