import { negotiators } from '@samkraft/contracts/arrangements'
import type { SeeMatches } from '@samkraft/contracts/matching'
import type { RequestEvent } from '@sveltejs/kit'
import type { MatchCard } from '#lib/matching/match.ts'
import { hasRole } from '#lib/signed-in.ts'
import { ifAnswered } from '../refusal.ts'
import type { Services } from '../services.ts'
import { cardsOf } from './cards.ts'
import { markSeen } from './seen.ts'

/** The requests an offer fits, for its owner's page; as many as one looks through at once. */
const shown = 20

/**
 * Open requests the own offer could serve, best first; null for everyone but its owner, and while matching is away.
 * `agreeingOn` leads from a request to the arrangement that is already being agreed on.
 */
export async function matchesForOffer(
  reading: Pick<RequestEvent, 'locals' | 'isDataRequest'>,
  offer: Readonly<{ id: string; owner: Readonly<{ id: string }> }>,
  cursor: string | null,
  agreeingOn: ReadonlyMap<string, string>,
): Promise<{ cards: MatchCard[]; next: string | null; more: boolean; unseen: SeeMatches | null } | null> {
  const { services, actor } = reading.locals
  if (offer.owner.id !== actor?.organisationId) return null
  return ifAnswered(async () => {
    const input = { offerId: offer.id, limit: shown, cursor: cursor ?? undefined }
    const { items, next, more, newest } = await services.matching.match.forOffer.query(input)
    const mayPropose = hasRole(actor, negotiators)
    const [card, unseen] = await Promise.all([
      cardsOf(services, items, { shows: 'request', mayPropose, agreeingOn }),
      newest === null ? null : markSeen(reading, 'offer', offer.id, newest),
    ])
    return { cards: items.map(card), next, more, unseen }
  })
}

/** Whether the own offer fits other open requests than these; no while matching is away. */
export async function fitsOthers(
  { matching }: Services,
  offerId: string,
  requestIds: readonly string[],
): Promise<boolean> {
  const answer = await ifAnswered(() => matching.match.forOffer.query({ offerId, limit: requestIds.length + 1 }))
  return answer?.items.some(({ request }) => !requestIds.includes(request.requestId)) ?? false
}
