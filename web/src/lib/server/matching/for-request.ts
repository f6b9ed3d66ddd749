import { negotiators } from '@samkraft/contracts/arrangements'
import { matchGroups, type SeeMatches, servingGroups, type MatchGroup } from '@samkraft/contracts/matching'
import type { RequestEvent } from '@sveltejs/kit'
import type { Combination, MatchCard } from '#lib/matching/match.ts'
import { hasRole } from '#lib/signed-in.ts'
import type { ArrangementsAbout } from '../arrangements/lines.ts'
import { refusal, unreachable } from '../refusal.ts'
import { markSeen } from './seen.ts'
import { cardsOf } from './cards.ts'
import { combinationSaid } from './combination.ts'

/** The matches of a request, for its page. */
export type RequestMatches = Readonly<{
  groups: readonly Readonly<{ group: MatchGroup; cards: readonly MatchCard[] }>[]
  /** How many serve the request; near misses do not. */
  count: number
  /** Where several offers together give more than any alone. */
  combination: Combination | null
  /** The first matching is still under way. */
  computing: boolean
  more: boolean
  /** Matching is away: the page is whole without it. */
  away: boolean
  /** What the page says has been seen, once it is shown. */
  unseen: SeeMatches | null
}>

const none: RequestMatches = {
  groups: [],
  count: 0,
  combination: null,
  computing: false,
  more: false,
  away: true,
  unseen: null,
}

/**
 * Who fits a request, for those whom it concerns; null for everyone else. Looking at them makes them no longer news
 * under "Att göra". `about` is what is already under way. A request matching has not heard of yet is being matched.
 */
export async function matchesForRequest(
  reading: Pick<RequestEvent, 'locals' | 'isDataRequest'>,
  requestId: string,
  about: Promise<ArrangementsAbout>,
): Promise<RequestMatches | null> {
  const { services, actor } = reading.locals
  try {
    const [found, { agreeingOn }] = await Promise.all([services.matching.match.forRequest.query({ requestId }), about])
    const own = found.request.organisationId === actor?.organisationId
    const mayPropose = own && hasRole(actor, negotiators)
    const all = matchGroups.flatMap((group) => found.groups[group])
    const [card, combination, unseen] = await Promise.all([
      cardsOf(services, all, { shows: 'offer', mayPropose, agreeingOn }),
      found.combination && combinationSaid(services, found.combination, { requestId, mayPropose }),
      own && all.length > 0 ? markSeen(reading, 'request', requestId, found.computedAt) : null,
    ])
    return {
      groups: matchGroups
        .map((group) => ({ group, cards: found.groups[group].map(card) }))
        .filter(({ cards }) => cards.length > 0),
      count: servingGroups.reduce((sum, group) => sum + found.groups[group].length, 0),
      combination,
      computing: found.computedAt === null,
      more: found.more,
      away: false,
      unseen,
    }
  } catch (cause) {
    if (refusal(cause)?.kind === 'not_found') return null
    if (unreachable(cause) || refusal(cause)?.kind === 'unavailable') return none
    throw cause
  }
}
