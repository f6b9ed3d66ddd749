import { redirect } from '@sveltejs/kit'
import { firstUnfinished, openDraft } from '#lib/server/marketplace/draft-step.ts'
import { offerKind } from '#lib/server/marketplace/offer-kind.ts'
import type { PageServerLoad } from './$types'

/** Goes on where the draft was left. */
export const load: PageServerLoad = async (event) => {
  const draft = await openDraft(offerKind, event, event.params.id)
  redirect(303, offerKind.paths.step(draft.id, firstUnfinished(offerKind, draft)))
}
