import { negotiators } from '@samkraft/contracts/arrangements'
import { live } from '#lib/live.ts'
import { arrangementsAbout } from '#lib/server/arrangements/lines.ts'
import { mayPropose, ownMovesOf } from '#lib/server/marketplace/moves.ts'
import { ownActions } from '#lib/server/marketplace/own-actions.ts'
import { saidSections } from '#lib/server/marketplace/published-page.ts'
import { requestKind } from '#lib/server/marketplace/request-kind.ts'
import { matchesForRequest } from '#lib/server/matching/for-request.ts'
import { ownOffersFitting } from '#lib/server/matching/own-for-request.ts'
import { poolActions } from '#lib/server/pooling/actions.ts'
import { poolsForRequest } from '#lib/server/pooling/for-request.ts'
import { hasRole } from '#lib/signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, url, depends, isDataRequest }) => {
  depends(live('request'))
  depends(live('match'))
  depends(live('arrangement'))
  depends(live('pooled_need'))
  const about = arrangementsAbout(locals, { requestId: params.id })
  const reading = locals.services.marketplace.request.get.query({ requestId: params.id })
  // Begun beside the rest as soon as it is known whose request it is.
  const fitting = reading.then((request) => {
    const isOpen = request.status === 'published' && request.coverage !== 'covered'
    const isOwn = request.owner.id === locals.actor?.organisationId
    return isOpen && !isOwn ? ownOffersFitting(locals, params.id, about) : []
  })
  const [request, pools, ownFitting, matches, { lines }] = await Promise.all([
    reading,
    poolsForRequest(locals, params.id, reading),
    fitting,
    matchesForRequest({ locals, isDataRequest }, params.id, about),
    about,
  ])
  return {
    request,
    /** With whom it is or could be pooled; null while that is not known. */
    pools,
    /** Who fits it; null for those who are not told. */
    matches,
    /** The reader's own offers that fit another's request. */
    ownFitting,
    arrangements: lines,
    sections: saidSections(requestKind, {
      ...request,
      competences: [...request.requiredCompetences, ...request.preferredCompetences],
    }),
    moves: ownMovesOf(locals.actor, request),
    proposing: mayPropose(locals.actor, request),
    mayNegotiate: hasRole(locals.actor, negotiators),
    done: url.searchParams.get('gjort'),
  }
}

export const actions: Actions = { ...ownActions(requestKind), ...poolActions }
