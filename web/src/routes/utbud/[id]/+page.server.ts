import { negotiators } from '@samkraft/contracts/arrangements'
import { confirmedDays } from '@samkraft/contracts/marketplace'
import { addDays } from '@samkraft/kernel'
import { format } from '#lib/i18n.ts'
import { live } from '#lib/live.ts'
import { arrangementsAbout } from '#lib/server/arrangements/lines.ts'
import { mayPropose, ownMovesOf } from '#lib/server/marketplace/moves.ts'
import { offerKind } from '#lib/server/marketplace/offer-kind.ts'
import { confirmOffer, ownActions } from '#lib/server/marketplace/own-actions.ts'
import { saidSections } from '#lib/server/marketplace/published-page.ts'
import { matchesForOffer } from '#lib/server/matching/for-offer.ts'
import { poolsForOffer } from '#lib/server/pooling/for-offer.ts'
import { wholeOf } from '#lib/server/whole-of.ts'
import { hasRole } from '#lib/signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

/** As many weeks as the ledger tells at once: of two stretches and more there may be others. */
const weeks = 160

export const load: PageServerLoad = async ({ params, locals, url, depends, isDataRequest }) => {
  depends(live('offer'))
  depends(live('match'))
  depends(live('arrangement'))
  depends(live('pooled_need'))
  const offerId = params.id
  const { offer: offers, ledger } = locals.services.marketplace
  const [offer, ledgerWeeks, { lines, agreeingOn }] = await Promise.all([
    offers.get.query({ offerId }),
    wholeOf(async (from) => {
      const { weeks: items, next } = await ledger.get.query({ offerId, from, weeks })
      return { items, next }
    }),
    arrangementsAbout(locals, { offerId }),
  ])
  const cursor = url.searchParams.get('passar')
  // Nobody is found for what has no hours, or none that are left.
  const isSought = offer.status === 'published' && offer.mostLeft > 0
  const [matches, pools] = await Promise.all([
    isSought ? matchesForOffer({ locals, isDataRequest }, offer, cursor, agreeingOn) : null,
    isSought ? poolsForOffer(locals, offer, agreeingOn) : [],
  ])
  return {
    offer,
    /** Requests it fits; null for everyone but its owner, and where none is looked for. */
    matches,
    /** Pooled needs it serves, each seen as one. */
    pools,
    matchesCursor: cursor,
    weeks: ledgerWeeks,
    arrangements: lines,
    underWay: agreeingOn.has(offerId),
    sections: saidSections(offerKind, { ...offer, competences: [offer.mainCompetence, ...offer.otherCompetences] }),
    moves: ownMovesOf(locals.actor, offer),
    toConfirm: isWorthConfirming(offer.confirmedUntil),
    proposing: mayPropose(locals.actor, offer),
    mayNegotiate: hasRole(locals.actor, negotiators),
    /** The request the reader came from, to go on with. */
    requestId: url.searchParams.get('behov'),
    done: url.searchParams.get('gjort'),
  }
}

export const actions: Actions = { ...ownActions(offerKind), confirm: confirmOffer }

/** Whether standing by it for the usual time from now would make it stand longer than it does. */
function isWorthConfirming(confirmedUntil: string): boolean {
  return confirmedUntil < addDays(format.dateOf(new Date()), confirmedDays)
}
