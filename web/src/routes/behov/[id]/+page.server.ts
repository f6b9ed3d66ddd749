import { live } from '#lib/live.ts'
import { mayPropose, ownMovesOf } from '#lib/server/marketplace/moves.ts'
import { ownActions } from '#lib/server/marketplace/own-actions.ts'
import { saidSections } from '#lib/server/marketplace/published-page.ts'
import { requestKind } from '#lib/server/marketplace/request-kind.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { params, locals, url, depends } = event
  depends(live('request'))
  const request = await locals.services.marketplace.request.get.query({ requestId: params.id })
  return {
    request,
    sections: await saidSections(requestKind, event, request.details),
    moves: ownMovesOf(locals.actor, request),
    proposing: mayPropose(locals.actor, request),
    done: url.searchParams.get('gjort'),
  }
}

export const actions: Actions = ownActions(requestKind)
