import { saveStep } from '#lib/server/marketplace/draft-step.ts'
import { requestKind } from '#lib/server/marketplace/request-kind.ts'
import { firstPage } from '#lib/server/marketplace/step-page.ts'
import type { Actions, PageServerLoad } from './$types'

/** The first questions; the draft begins when they are answered. */
const first = 'kompetens'

export const load: PageServerLoad = (event) => firstPage(requestKind, event, first)

export const actions: Actions = { save: (event) => saveStep(requestKind, event, first) }
