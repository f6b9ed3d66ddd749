import type { MatchCard } from '#lib/matching/match.ts'
import { ifAnswered } from '../refusal.ts'
import { cardOf, namesFor } from './said.ts'

/**
 * The pooled needs the own offer serves, best first; none for everyone else, and while matching is away. `agreeingOn` leads from
 * a request to the arrangement with this offer that is being agreed on.
 */
export async function poolsForOffer(
  { services, actor }: Pick<App.Locals, 'services' | 'actor'>,
  offer: Readonly<{ id: string; owner: Readonly<{ id: string }> }>,
  agreeingOn: ReadonlyMap<string, string>,
): Promise<MatchCard[]> {
  if (offer.owner.id !== actor?.organisationId) return []
  const cards = await ifAnswered(async () => {
    const { items } = await services.matching.pooledNeed.forOffer.query({ offerId: offer.id })
    const names = await namesFor(
      services,
      items.map(({ pooledNeed }) => pooledNeed),
      [offer.owner.id],
    )
    return items.map((match) => cardOf(match, names, { shows: 'need', actor, agreeingOn, heading: null }))
  })
  return cards ?? []
}
