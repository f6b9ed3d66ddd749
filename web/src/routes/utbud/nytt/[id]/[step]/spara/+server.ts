import { keepStep } from '#lib/server/marketplace/draft-step.ts'
import { offerKind } from '#lib/server/marketplace/offer-kind.ts'
import type { RequestHandler } from './$types'

/** Keeps what is being typed. */
export const POST: RequestHandler = (event) => keepStep(offerKind, event, event.params.step, event.params.id)
