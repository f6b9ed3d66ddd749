import type { CombinationView } from '@samkraft/contracts/matching'
import { lastDay } from '@samkraft/kernel'
import { format, m } from '#lib/i18n.ts'
import type { Combination } from '#lib/matching/match.ts'
import { paths, withQuery } from '#lib/paths.ts'
import { competenceNames } from '../competence-names.ts'
import { headingsOf } from '../marketplace/headings.ts'
import { organisationNames } from '../organisation-names.ts'
import type { Services } from '../services.ts'

/** Offers that together cover more of a request than any alone, in words; each part leads to its own proposal. */
export async function combinationSaid(
  services: Services,
  { parts, askedHours, coveredHours, open }: CombinationView,
  { requestId, mayPropose }: Readonly<{ requestId: string; mayPropose: boolean }>,
): Promise<Combination> {
  const [competence, organisation, heading] = await Promise.all([
    competenceNames(services),
    organisationNames(
      services,
      parts.map(({ offer }) => offer.organisationId),
    ),
    headingsOf(
      services,
      parts.map(({ offer }) => offer.offerId),
    ),
  ])
  return {
    about: m.combination_about({ covered: format.number(coveredHours), asked: format.number(askedHours) }),
    parts: parts.map(({ offer, hoursPerWeek, period }) => ({
      key: offer.offerId,
      href: paths.offer(offer.offerId),
      title: competence(offer.mainCompetence),
      heading: heading(offer.offerId),
      text: m.combination_part({
        owner: organisation(offer.organisationId).name,
        hours: format.hours(hoursPerWeek),
        weeks: format.weeks(period),
      }),
      propose: mayPropose
        ? withQuery(paths.newArrangement, {
            erbjudande: offer.offerId,
            behov: requestId,
            timmar: String(hoursPerWeek),
            fran: period.from,
            till: lastDay(period),
          })
        : null,
    })),
    open: open
      ? m.combination_open({ hours: format.hours(open.hoursPerWeek), weeks: m.weeks_count({ count: open.weeks }) })
      : m.combination_open_none(),
  }
}
