import { negotiators } from '@samkraft/contracts/arrangements'
import type { MatchView } from '@samkraft/contracts/matching'
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
  const [matches, { agreeingOn }] = await Promise.all([ownMatches(locals, requestId), about])
  if (!matches || matches.length === 0) return []
  const mayPropose = hasRole(actor, negotiators)
  return matches.map(await cardsOf(services, matches, { shows: 'offer', mayPropose, agreeingOn }))
}

/** The points of every own offer that serves a request, by the offer's id; null while matching is away. */
export async function scoresOfOwnOffers(locals: Locals, requestId: string): Promise<Map<string, number> | null> {
  const matches = await ownMatches(locals, requestId)
  return matches && new Map(matches.map(({ offer, score }) => [offer.offerId, score]))
}

async function ownMatches({ services }: Locals, requestId: string): Promise<readonly MatchView[] | null> {
  const answer = await ifAnswered(() => services.matching.match.ownForRequest.query({ requestId }))
  return answer && answer.items
}
