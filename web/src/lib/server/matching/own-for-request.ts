import { negotiators } from '@samkraft/contracts/arrangements'
import type { OwnMatchesForRequest } from '@samkraft/contracts/matching'
import type { MatchCard } from '#lib/matching/match.ts'
import { hasRole } from '#lib/signed-in.ts'
import type { ArrangementsAbout } from '../arrangements/lines.ts'
import { ifAnswered } from '../refusal.ts'
import { cardsOf } from './cards.ts'

type Locals = Pick<App.Locals, 'services' | 'actor'>

/** How the own offers fit another's request, best first; none while matching is away. */
export async function ownOffersFitting(
  locals: Locals,
  requestId: string,
  about: Promise<ArrangementsAbout>,
): Promise<MatchCard[]> {
  const { services, actor } = locals
  const [answer, { agreeingOn }] = await Promise.all([ownMatches(locals, requestId), about])
  if (!answer || answer.items.length === 0) return []
  const mayPropose = hasRole(actor, negotiators)
  return answer.items.map(await cardsOf(services, answer.items, { shows: 'offer', mayPropose, agreeingOn }))
}

/**
 * The points of every own offer that serves a request, by the offer's id, and whether only those among the best are known; null
 * while matching is away.
 */
export async function scoresOfOwnOffers(
  locals: Locals,
  requestId: string,
): Promise<{ scores: Map<string, number>; more: boolean } | null> {
  const answer = await ownMatches(locals, requestId)
  return (
    answer && { scores: new Map(answer.items.map(({ offer, score }) => [offer.offerId, score])), more: answer.more }
  )
}

function ownMatches({ services }: Locals, requestId: string): Promise<OwnMatchesForRequest | null> {
  return ifAnswered(() => services.matching.match.ownForRequest.query({ requestId }))
}
