import type { CostFactor, FocusAreaFactor, LanguageFactor } from '@samkraft/contracts/matching'
import type { z } from 'zod'
import type { Asked, Offered } from './parties.ts'
import { pointsFor, rules, scoredAs } from './rules.ts'

/** Cost: the price against the highest the request will pay. No limit, or nothing to pay, is all points. */
export function scoreCost({ facts: request }: Asked, { facts: offer }: Offered): z.infer<typeof CostFactor> {
  const evidence = {
    model: offer.costModel,
    orePerHour: offer.orePerHour,
    highestOrePerHour: request.highestOrePerHour,
  }
  const { share, missing } = gradeCost(evidence)
  return { ...scoredAs('cost', pointsFor('cost', share)), evidence, missing }
}

function gradeCost({ model, orePerHour, highestOrePerHour: limit }: z.infer<typeof CostFactor>['evidence']): {
  share: number
  missing: z.infer<typeof CostFactor>['missing']
} {
  if (limit === null || model === 'none') return { share: 1, missing: null }
  if (orePerHour === null) return { share: rules.factors.cost.notSaid, missing: { reason: 'not_said' } }
  const ore = orePerHour - limit
  if (ore <= 0) return { share: 1, missing: null }
  const share = limit === 0 ? 0 : 1 - ore / limit / rules.factors.cost.noneAbove
  return { share, missing: { reason: 'above', ore } }
}

/** Languages beside Swedish: those asked for that are offered. */
export function scoreLanguage({ facts: request }: Asked, { facts: offer }: Offered): z.infer<typeof LanguageFactor> {
  const asked = distinct(request.languages)
  const met = asked.filter((language) => offer.languages.includes(language))
  const languages = asked.filter((language) => !met.includes(language))
  return {
    ...scoredAs('language', pointsFor('language', asked.length === 0 ? 1 : met.length / asked.length)),
    evidence: { asked, met },
    missing: languages.length > 0 ? { languages } : null,
  }
}

/** Focus area: one in common is all that is asked for; a request without any asks for nothing. */
export function scoreFocusArea({ facts: request }: Asked, { facts: offer }: Offered): z.infer<typeof FocusAreaFactor> {
  const asked = distinct(request.focusAreas)
  const shared = asked.filter((area) => offer.focusAreas.includes(area))
  const met = asked.length === 0 || shared.length > 0
  return {
    ...scoredAs('focus_area', pointsFor('focus_area', met ? 1 : 0)),
    evidence: { asked, shared },
    missing: met ? null : { focusAreas: asked },
  }
}

function distinct(codes: readonly string[]): string[] {
  return [...new Set(codes)].sort()
}
