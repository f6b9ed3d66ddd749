import { saveStep } from '#lib/server/marketplace/draft-step.ts'
import { offerKind } from '#lib/server/marketplace/offer-kind.ts'
import { firstPage } from '#lib/server/marketplace/step-page.ts'
import type { Actions, PageServerLoad } from './$types'

/** The first questions; the draft begins when they are answered. */
const first = 'kompetens'

export const load: PageServerLoad = (event) => firstPage(offerKind, event, first)

export const actions: Actions = { save: (event) => saveStep(offerKind, event, first) }
