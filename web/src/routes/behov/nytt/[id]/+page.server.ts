import { redirect } from '@sveltejs/kit'
import { firstUnfinished, openDraft } from '#lib/server/marketplace/draft-step.ts'
import { requestKind } from '#lib/server/marketplace/request-kind.ts'
import type { PageServerLoad } from './$types'

/** Goes on where the draft was left. */
export const load: PageServerLoad = async (event) => {
  const draft = await openDraft(requestKind, event, event.params.id)
  redirect(303, requestKind.paths.step(draft.id, firstUnfinished(requestKind, draft)))
}
