import type { CompetenceFactor, CompetenceFit } from '@samkraft/contracts/matching'
import type { z } from 'zod'
import type { Asked, Offered } from './parties.ts'
import type { Relations } from './relation.ts'
import { pointsFor, rules, scoredAs, serves, shareOf } from './rules.ts'

export type CompetenceResult = Readonly<{
  factor: z.infer<typeof CompetenceFactor>
  /** All that is required is met well enough to do the work, licence included. */
  serves: boolean
}>

/** How well what is offered fits what is asked for; null when nothing does, which is no match at all. */
export function scoreCompetence(
  { facts: request }: Asked,
  { facts: offer }: Offered,
  relations: Relations,
): CompetenceResult | null {
  const offered = [offer.mainCompetence, ...offer.otherCompetences]
  const required = request.requiredCompetences.map((asked) => bestFit(asked, offered, relations))
  if (required.every(({ relation }) => relation === 'none')) return null
  const preferred = request.preferredCompetences.map((asked) => bestFit(asked, offered, relations))
  const table = rules.factors.competence
  const preferredShare = preferred.length > 0 ? table.preferred : 0
  const fit = average(required) * (1 - preferredShare) + average(preferred) * preferredShare
  const licence = request.licenceRequired ? table.licence[offer.licence] : 1
  const scored = scoredAs('competence', pointsFor('competence', fit * licence))
  const evidence = { required, preferred, licence: { required: request.licenceRequired, state: offer.licence } }
  const competences = [...required, ...preferred].filter((one) => shareOf(one) < 1).map(({ asked }) => asked)
  const missing =
    scored.outcome === 'hit'
      ? null
      : { competences, licence: licence < 1 && offer.licence !== 'documented' ? offer.licence : null }
  const licenceServes = !request.licenceRequired || offer.licence !== 'none'
  return { factor: { ...scored, evidence, missing }, serves: licenceServes && required.every(serves) }
}

/** Competences to look for among the offers, each with the most points an offer may have by it. */
export type Sought = ReadonlyMap<string, number>

/**
 * What to look for among the offers: with a competence of `able` an offer may serve the request, with one of `near` it can
 * only come near. Who is to serve must fit every required competence, so the one that fewest fit is enough to find them.
 */
export function competencesToLookFor({ facts }: Asked, relations: Relations): Readonly<{ able: Sought; near: Sought }> {
  const { requiredCompetences: required, preferredCompetences } = facts
  const fitting = required.map((asked) =>
    relations.offeredFor(asked).filter((offered) => serves(relations.between(asked, offered))),
  )
  const able = new Set(
    fitting.reduce((fewest, fits) => (fits.length < fewest.length ? fits : fewest), fitting[0] ?? []),
  )
  const near = new Set(required.flatMap((asked) => relations.offeredFor(asked))).difference(able)
  const preferred = preferredCompetences.length > 0 ? rules.factors.competence.preferred : 0
  const most = (offered: string): [string, number] => {
    const best = Math.max(...required.map((asked) => shareOf(relations.between(asked, offered))))
    // The other required competences, and the preferred ones, may all be met by what else is offered.
    const fit = (best + required.length - 1) / required.length
    return [offered, pointsFor('competence', fit * (1 - preferred) + preferred)]
  }
  return { able: new Map([...able].map(most)), near: new Map([...near].map(most)) }
}

/** The best of what is offered for one competence asked for; among equals the first by name, so that order does not matter. */
function bestFit(asked: string, offered: readonly string[], relations: Relations): CompetenceFit {
  let best: CompetenceFit = { asked, offered: null, relation: 'none', source: { from: 'nothing' } }
  for (const slug of offered) {
    const related = relations.between(asked, slug)
    const gain = shareOf(related) - shareOf(best)
    if (gain > 0 || (gain === 0 && best.offered !== null && slug < best.offered && related.relation !== 'none'))
      best = { asked, offered: slug, ...related }
  }
  return best
}

function average(fits: readonly CompetenceFit[]): number {
  return fits.length === 0 ? 0 : fits.reduce((sum, fit) => sum + shareOf(fit), 0) / fits.length
}
