import type { OfferView, RequestView } from '@samkraft/contracts/marketplace'
import type { MatchView } from '@samkraft/contracts/matching'
import { addDays, overlap, type Period, weeksOf, weeksToCome } from '@samkraft/kernel'
import { format, m } from '#lib/i18n.ts'
import { placeWords } from '#lib/marketplace/words.ts'
import { ifAnswered } from '../refusal.ts'
import type { Services } from '../services.ts'
import { costSaid } from './terms-said.ts'
import type { ShareFields } from './terms-fields.ts'

/** An offer and the requests it would serve, with the match of each when there is one. */
export type Pairing = Readonly<{
  offer: OfferView
  requests: readonly Readonly<{ request: RequestView; match: MatchView | null }>[]
}>

/** Reads what a proposal is about. Throws what the services refuse, such as an offer that is not there. */
export async function readPairing(
  services: Services,
  offerId: string,
  requestIds: readonly string[],
): Promise<Pairing> {
  const { marketplace } = services
  const [offer, ...requests] = await Promise.all([
    marketplace.offer.get.query({ offerId }),
    ...requestIds.map(async (requestId) => {
      const [request, match] = await Promise.all([
        marketplace.request.get.query({ requestId }),
        findMatch(services, offerId, requestId),
      ])
      return { request, match }
    }),
  ])
  return { offer, requests }
}

/** One can also propose where nothing matched, and while matching is away. */
function findMatch({ matching }: Services, offerId: string, requestId: string): Promise<MatchView | null> {
  return ifAnswered(() => matching.match.get.query({ offerId, requestId }))
}

/** What is known before of a share, such as a member's part of a pooled need; null where nothing is. */
export type AskedShare = Readonly<{ hoursPerWeek: number | null; period: Period | null }>

const endOfTime = '9999-12-31'

/** What of a period is left from `today` on: nothing gone by is proposed. Null when it is over. */
export function toCome(period: Period, today: string): Period | null {
  return overlap(period, { from: today, to: endOfTime })
}

/**
 * What stands in the form before anyone has typed: what is known before, else as much as the offer can give. One share for every
 * stretch both have from `today` on: either may pause between terms. One without days where they have none.
 */
export function proposedShares(
  offer: OfferView,
  { request, match }: Pairing['requests'][number],
  { asked, today }: Readonly<{ asked: AskedShare; today: string }>,
): ShareFields[] {
  const hours = asked.hoursPerWeek === null ? match : { hoursPerWeek: asked.hoursPerWeek }
  const within = toCome(asked.period ?? match?.period ?? { from: today, to: endOfTime }, today)
  const periods = within ? proposedPeriods(offer, request, within) : []
  const hint = m.proposal_asks({
    hours: format.hours(request.mostLeft || request.hoursPerWeek),
    least: format.number(request.least),
    period: request.period ? format.periodInWeeks(request.period) : '',
  })
  return (periods.length > 0 ? periods : [null]).map((period, at) => ({
    requestId: request.id,
    organisation:
      periods.length > 1 ? m.share_part({ organisation: request.owner.name, number: at + 1 }) : request.owner.name,
    hoursPerWeek: proposedHours(offer, request, hours, period),
    period,
    hint,
  }))
}

/** The stretches both have something in, in their order. */
function proposedPeriods(offer: OfferView, request: RequestView, within: Period): Period[] {
  return request.details.segments.flatMap(({ period }) => {
    const own = overlap(period, within)
    if (!own) return []
    return offer.details.segments.flatMap((offered) => {
      const shared = overlap(offered.period, own)
      return shared && weeksOf(shared).length > 0 ? [shared] : []
    })
  })
}

/**
 * What the match says, or what a link has worked out, which is fewer in a period that lacks fewer; without one the least of what
 * is left in any week of the period and what is lacking.
 */
export function proposedHours(
  offer: Pick<OfferView, 'left'>,
  request: Pick<RequestView, 'left' | 'mostLeft' | 'hoursPerWeek'>,
  match: Pick<MatchView, 'hoursPerWeek'> | null,
  period: Period | null,
): number | null {
  if (!period) return match?.hoursPerWeek || null
  const hoursIn = (side: Pick<OfferView, 'left'>) =>
    weeksOf(period).map(
      (week) => side.left.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)?.hoursPerWeek ?? 0,
    )
  const hours = match?.hoursPerWeek
    ? Math.min(match.hoursPerWeek, Math.max(...hoursIn(request)))
    : Math.min(request.mostLeft || request.hoursPerWeek, ...hoursIn(offer))
  return hours > 0 ? hours : null
}

/** How it is done, where the two sides can meet. */
export function proposedPlace(offer: OfferView, request: RequestView | undefined): OfferView['place'] {
  if (!request || offer.place === request.place || offer.place !== 'hybrid') return offer.place
  return request.place
}

/** What is offered, beside the form: what is left and when. */
export function offerFacts(offer: OfferView) {
  const today = format.dateOf(new Date())
  return [
    ...weeksToCome(offer.left, today)
      .filter(({ hoursPerWeek }) => hoursPerWeek > 0)
      .map(({ fromWeek, toWeek, hoursPerWeek }) => ({
        term: format.weeks({ from: fromWeek, to: addDays(toWeek, -2) }, today),
        text: m.proposal_left_hours({ hours: format.extent(hoursPerWeek) }),
      })),
    ...(offer.details.slice === null ? [] : [{ term: m.proposal_slice(), text: format.hours(offer.details.slice) }]),
    { term: m.arrangement_place(), text: placeWords[offer.place]() },
    { term: m.arrangement_cost(), text: costSaid(offer.details) },
  ]
}
