import {
  type CompetenceFit,
  type FactorCode,
  matchGroups,
  mostPooledMembers,
  type Outcome,
  type RulesView,
} from '@samkraft/contracts/matching'

/**
 * The published rules of matching: every weight there is. The code reads them from here, and so does the page
 * "Så räknas matchningen". The weights sum to 100. What each factor asks of the agreement *Ensam är inte stark*:
 * distance is one of the small municipalities' difficulties (§2), hence place beside extent and period; equity regardless
 * of size (§3) and larger municipalities contributing (§4) are visible and small.
 */
export const rules = {
  total: 100,
  factors: {
    competence: {
      max: 40,
      relation: {
        exact: 1,
        narrower: 0.9,
        broader: 0.7,
        substitutable: 0.65,
        substitutable_25: 0.4,
        related: 0.25,
        none: 0,
      },
      preferred: 0.15,
      licence: { documented: 1, claimed: 0.95, none: 0.5 },
    },
    extent: { max: 20 },
    period: { max: 12, missedWhenFlexible: 0.5 },
    place: {
      max: 15,
      nearKm: 15,
      farKm: 100,
      leastShare: 0.1,
      beyondTravel: 0,
      distanceUnknown: 0.5,
      remotePart: 0.5,
      onlyRemote: 0,
      onlyOnSite: 0.3,
    },
    cost: { max: 4, noneAbove: 0.5, notSaid: 0.5 },
    language: { max: 2 },
    focus_area: { max: 2 },
    small_municipality: {
      max: 3,
      steps: [
        { atMost: 10_000, points: 3 },
        { atMost: 20_000, points: 2 },
        { atMost: 30_000, points: 1 },
      ],
    },
    give_take: { max: 2, freeHours: 400 },
  },
  hardStops: ['own_organisation', 'no_hours_in_common', 'no_related_competence'],
  groups: [...matchGroups],
  kept: 50,
  nearMissesKept: 5,
  pooling: {
    relations: ['exact', 'narrower', 'broader'],
    leastHours: 16,
    mostHours: 40,
    leastWeeks: 4,
    mostMembers: mostPooledMembers,
    offersTried: 12,
    mostProviders: 3,
  },
} as const satisfies RulesView

/** Key of a relation in the table of shares: JobTech knows two degrees of substitutability. */
type Grade = keyof typeof rules.factors.competence.relation

function gradeOf({ relation, source }: Pick<CompetenceFit, 'relation' | 'source'>): Grade {
  const lower = relation === 'substitutable' && source.from === 'substitutability' && source.percentage === 25
  return lower ? 'substitutable_25' : relation
}

/** The share of the competence points a relation is worth. */
export function shareOf(fit: Pick<CompetenceFit, 'relation' | 'source'>): number {
  return rules.factors.competence.relation[gradeOf(fit)]
}

const serving: ReadonlySet<Grade> = new Set(['exact', 'narrower', 'broader', 'substitutable'])

/** Whether someone with the offered competence can do what was asked; the other relations make near misses at best. */
export function serves(fit: Pick<CompetenceFit, 'relation' | 'source'>): boolean {
  return serving.has(gradeOf(fit))
}

/** Whole points for a share (0–1) of what a factor can give. All points only for all of it, none only for nothing. */
export function pointsFor(factor: FactorCode, share: number): number {
  const { max } = rules.factors[factor]
  if (share >= 1) return max
  if (share <= 0) return 0
  return Math.min(max - 1, Math.max(1, Math.round(share * max)))
}

/** The head every factor's result has. */
export function scoredAs<Factor extends FactorCode>(
  factor: Factor,
  points: number,
): { factor: Factor; points: number; max: number; outcome: Outcome } {
  const { max } = rules.factors[factor]
  return { factor, points, max, outcome: points === max ? 'hit' : points === 0 ? 'miss' : 'part' }
}
