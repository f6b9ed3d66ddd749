import type { MatchView } from '@samkraft/contracts/matching'
import type { MatchCard } from '#lib/matching/match.ts'
import { format, m } from '#lib/i18n.ts'
import { placeWords } from '#lib/marketplace/words.ts'
import { paths } from '#lib/paths.ts'
import { competenceNames } from '../competence-names.ts'
import { headingsOf } from '../marketplace/headings.ts'
import { organisationNames } from '../organisation-names.ts'
import type { Services } from '../services.ts'
import { distanceSaid, placesIn, reasonsOf } from './factors.ts'
import { bettersOf } from './improvements.ts'

type Side = 'offer' | 'request'

/**
 * Matches in words. `shows` is what the reader looks at: offers on a request's page, requests on an offer's.
 * `agreeingOn` leads from one of these to the arrangement that is already being agreed on.
 */
export async function cardsOf(
  services: Services,
  matches: readonly MatchView[],
  { shows, mayPropose, agreeingOn }: { shows: Side; mayPropose: boolean; agreeingOn: ReadonlyMap<string, string> },
): Promise<(match: MatchView) => MatchCard> {
  const idOf = ({ offer, request }: MatchView) => (shows === 'offer' ? offer.offerId : request.requestId)
  const [competence, organisation, heading] = await Promise.all([
    competenceNames(services),
    organisationNames(
      services,
      matches.flatMap((match) => [match[shows].organisationId, ...placesIn(match.factors)]),
    ),
    headingsOf(services, matches.map(idOf)),
  ])
  const today = format.dateOf(new Date())
  const shortNameOf = (id: string) => organisation(id).shortName
  return (match) => {
    const { offer, request } = match
    const factor = match.factors.find((one) => one.factor === 'place')
    const away = factor ? distanceSaid(factor.evidence, shortNameOf) : null
    const place = placeWords[match[shows].place]().toLowerCase()
    const confirmed =
      shows === 'request'
        ? null
        : offer.confirmedUntil < today
          ? m.match_stale({ date: offer.confirmedUntil })
          : m.match_confirmed({ date: offer.confirmedUntil })
    return {
      key: `${offer.offerId} ${request.requestId}`,
      score: match.score,
      title: competence(match[shows].mainCompetence),
      heading: heading(idOf(match)),
      href: shows === 'offer' ? paths.offer(offer.offerId) : paths.request(request.requestId),
      about: [organisation(match[shows].organisationId).name, away, place, confirmed].filter(Boolean).join(' · '),
      gives: match.period && givesSaid(match),
      reasons: reasonsOf(match.factors, { competence, place: shortNameOf }),
      betters: bettersOf(match.improvements),
      propose: mayPropose ? paths.proposal(offer.offerId, request.requestId) : null,
      refused: null,
      underWay: agreeingOn.get(idOf(match)) ?? null,
    }
  }
}

function givesSaid({ hoursPerWeek, askedHoursPerWeek, period }: MatchView): string {
  const hours = m.match_gives({ hours: format.number(hoursPerWeek), asked: format.hours(askedHoursPerWeek) })
  return period ? `${hours}, ${format.weeks(period)}` : hours
}
