import type { RequestDetails, RequestFacts, RequestItem, RequestView } from '@samkraft/contracts/marketplace'
import { coverageOf } from './ledger.ts'
import {
  mostHours,
  type NameOf,
  type Published,
  type Shown,
  spanOf,
  type ToldBesides,
  weeksThatCount,
} from './listing.ts'

export type PublishedRequest = Published<RequestDetails>

/** Codes and numbers for matching; no words. */
export function requestFacts(
  { id, version, details, left }: PublishedRequest,
  { placeOrganisationId }: ToldBesides,
): RequestFacts {
  const { requiredCompetences, preferredCompetences, licenceRequired, segments, least, periodFixed, place } = details
  const { cause, focusAreas, languages, highestOrePerHour } = details
  return {
    requestId: id,
    version,
    requiredCompetences,
    preferredCompetences,
    licenceRequired,
    segments,
    least,
    periodFixed,
    place,
    placeOrganisationId,
    cause,
    focusAreas,
    languages,
    highestOrePerHour,
    left: [...left],
  }
}

/** What everybody reads. `today` decides which weeks are still to come. */
export function showRequest(request: PublishedRequest, nameOf: NameOf, today: string): Shown<RequestItem, RequestView> {
  const { id, reference, version, status, owner, details, at, publishedAt, changedAt, extent, left } = request
  const lacking = weeksThatCount(request, left, today)
  const requiredCompetences = details.requiredCompetences.map(nameOf)
  const preferredCompetences = details.preferredCompetences.map(nameOf)
  const item: RequestItem = {
    id,
    reference,
    version,
    status,
    title: details.title,
    owner,
    place: details.place,
    period: spanOf(details.segments),
    hoursPerWeek: mostHours(details.segments),
    mostLeft: mostHours(lacking),
    left: [...left],
    openUntil: details.openUntil,
    publishedAt,
    requiredCompetences,
    least: details.least,
    cause: details.cause,
    coverage: coverageOf(weeksThatCount(request, extent, today), lacking),
  }
  return {
    item,
    more: { details, preferredCompetences, at, changedAt },
    words: {
      name: [details.title, ...requiredCompetences.flatMap(({ sv, en }) => [sv, en])].join(' '),
      beside: [...preferredCompetences.flatMap(({ sv, en }) => [sv, en]), owner.name, owner.shortName, reference].join(
        ' ',
      ),
      text: [details.description, details.ifNobodyHelps, at?.name].join(' '),
    },
  }
}
