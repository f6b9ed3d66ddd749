import { keepStep } from '#lib/server/marketplace/draft-step.ts'
import { requestKind } from '#lib/server/marketplace/request-kind.ts'
import type { RequestHandler } from './$types'

/** Keeps what is being typed. */
export const POST: RequestHandler = (event) => keepStep(requestKind, event, event.params.step, event.params.id)
