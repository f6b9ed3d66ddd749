import { HoursPerWeek, Id, PeriodInput } from '@samkraft/contracts'
import { ProposeArrangement } from '@samkraft/contracts/arrangements'
import { addDays, isDate } from '@samkraft/kernel'
import { redirect } from '@sveltejs/kit'
import { paths, withQuery } from '#lib/paths.ts'
import { actOnArrangement } from '#lib/server/arrangements/act.ts'
import { whyNotPropose } from '#lib/server/arrangements/may-propose.ts'
import { choicesFor } from '#lib/server/arrangements/proposal-choices.ts'
import {
  type AskedShare,
  offerFacts,
  proposedPlace,
  proposedShares,
  readPairing,
} from '#lib/server/arrangements/proposal.ts'
import { fitsOthers } from '#lib/server/matching/for-offer.ts'
import { readTerms } from '#lib/server/arrangements/terms.ts'
import { listed } from '#lib/arrangements/words.ts'
import { format, m } from '#lib/i18n.ts'
import { offerTitle } from '#lib/marketplace/words.ts'
import type { Actions, PageServerLoad } from './$types'

/** A proposal serves at most this many requests. */
const mostRequests = 30

/**
 * A proposal about an offer (`erbjudande`) and one or more requests (`behov`). While one side is not known, the reader
 * chooses it here first (`vidare` when that was done); `valj` opens that choice again.
 */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { actor, services } = locals
  const offerId = url.searchParams.get('erbjudande')
  const requestIds = [...new Set(url.searchParams.getAll('behov'))].slice(0, mostRequests)
  if (!offerId || requestIds.length === 0 || url.searchParams.has('valj')) {
    const choosing = await choicesFor(locals, offerId, requestIds)
    // Sent with nothing chosen, it is the same address but for this word, which the choice brings along.
    return { refused: null, choosing: { ...choosing, unanswered: url.searchParams.has('vidare') }, proposing: null }
  }
  const { offer, requests } = await readPairing(services, offerId, requestIds)
  const lends = offer.owner.id === actor?.organisationId
  const choosesAmong = lends && (requestIds.length > 1 || (await fitsOthers(services, offerId, requestIds)))
  const today = format.dateOf(new Date())
  const pooledNeedId = Id.safeParse(url.searchParams.get('samlat')).data
  return {
    refused: whyNotPropose(
      actor,
      offer.owner,
      requests.map(({ request }) => request.owner),
    ),
    choosing: null,
    proposing: {
      about: m.proposal_about({
        title: offerTitle(offer),
        lender: offer.owner.name,
        borrowers: listed([...new Set(requests.map(({ request }) => request.owner.name))]),
      }),
      offer: { id: offer.id, title: offerTitle(offer), owner: offer.owner.name, facts: offerFacts(offer) },
      /** Where one came from, else one's own side of it, where its matches are. */
      back: pooledNeedId
        ? paths.pooledNeed(pooledNeedId)
        : lends || requestIds[0] === undefined
          ? paths.offer(offer.id)
          : paths.request(requestIds[0]),
      shares: requests.flatMap((pair, index) => proposedShares(offer, pair, { asked: readAsked(url, index), today })),
      score: requests.length === 1 ? (requests[0]?.match?.score ?? null) : null,
      place: proposedPlace(offer, requests[0]?.request),
      /** Where a lender chooses whom a shared function serves; null when there is nobody else to choose. */
      others: choosesAmong
        ? withQuery(paths.newArrangement, { erbjudande: offerId, behov: requestIds, valj: '1' })
        : null,
    },
  }
}

/** What a link has worked out for a request: its hours per week (`timmar`), and days where there is one period for all. */
function readAsked({ searchParams }: URL, index: number): AskedShare {
  const [hours, from, last] = [searchParams.getAll('timmar')[index], searchParams.get('fran'), searchParams.get('till')]
  const hoursPerWeek = HoursPerWeek.safeParse(Number(hours)).data ?? null
  const period = from && last && isDate(last) ? PeriodInput.safeParse({ from, to: addDays(last, 1) }).data : null
  return { hoursPerWeek, period: period ?? null }
}

export const actions: Actions = {
  default: (event) =>
    actOnArrangement(event, async (form) => {
      const offerId = event.url.searchParams.get('erbjudande') ?? ''
      const input = form.input(ProposeArrangement, { offerId, ...readTerms(form) })
      const { arrangementId } = await event.locals.services.arrangements.arrangement.propose.mutate(input)
      redirect(303, withQuery(paths.arrangement(arrangementId), { gjort: 'propose' }))
    }),
}
