import type { MatchFactor, MatchGroup } from '@samkraft/contracts/matching'
import type { Period } from '@samkraft/kernel'
import { scoreCompetence } from './competence.ts'
import { scoreCost, scoreFocusArea, scoreLanguage } from './conditions.ts'
import { scoreGiveTake, scoreSmallMunicipality } from './fairness.ts'
import type { Asked, Market, Offered } from './parties.ts'
import { type Away, awayFrom, scorePlace } from './place.ts'
import { bestShare, type Share, weeksApart } from './share.ts'
import { scoreExtent, scorePeriod } from './time.ts'

/** How well one offer serves one request. */
export type Scored = Readonly<{
  /** 0–100: the sum of the factors' points. */
  score: number
  group: MatchGroup
  factors: readonly MatchFactor[]
  /** Hours per week the offer can give, of those asked for. */
  hoursPerWeek: number
  askedHoursPerWeek: number
  /** The days in which it can; null when the hours are too few to help. */
  period: Period | null
  km: number | null
}>

/**
 * The score of one offer for one request by the published rules (`rules.ts`). Pure: the same two sides give the same answer.
 * `away` is how far it is: between the two as the crow flies unless told.
 * Null where a hard stop forbids it: the own organisation, no competence that is related, no week in common with hours left.
 */
export function score(
  request: Asked,
  offer: Offered,
  { relations, fromWeek }: Market,
  away: Away = awayFrom(request, offer),
): Scored | null {
  if (request.organisationId === offer.organisationId) return null
  const competence = scoreCompetence(request, offer, relations)
  if (!competence) return null
  const { least, periodFixed } = request.facts
  const share = bestShare(request.facts.left, offer.facts.left, fromWeek, {
    least,
    periodFixed,
    slice: offer.facts.slice,
    apart: weeksApart(daysOf(request.facts), daysOf(offer.facts)),
  })
  if (!share) return null
  const period = scorePeriod(request, offer, share)
  const factors: MatchFactor[] = [
    competence.factor,
    scoreExtent(request, offer, share),
    period,
    scorePlace(request, offer, away),
    scoreCost(request, offer),
    scoreLanguage(request, offer),
    scoreFocusArea(request, offer),
    scoreSmallMunicipality(request),
    scoreGiveTake(request),
  ]
  return {
    score: factors.reduce((sum, { points }) => sum + points, 0),
    group: groupOf(competence.serves, share),
    factors,
    hoursPerWeek: share.hoursPerWeek,
    askedHoursPerWeek: share.asked,
    period: period.evidence.covered,
    km: away.km,
  }
}

function daysOf({ segments }: Asked['facts'] | Offered['facts']): Period[] {
  return segments.map(({ period }) => period)
}

function groupOf(competenceServes: boolean, { helps, weeks, askedWeeks, hoursPerWeek, asked }: Share): MatchGroup {
  if (!competenceServes || !helps) return 'near'
  if (weeks < askedWeeks) return 'part_of_period'
  return hoursPerWeek < asked ? 'partial' : 'full'
}
