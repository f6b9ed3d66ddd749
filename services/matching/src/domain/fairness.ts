import type { GiveTakeFactor, SmallMunicipalityFactor } from '@samkraft/contracts/matching'
import type { z } from 'zod'
import type { Asked } from './parties.ts'
import { pointsFor, rules, scoredAs } from './rules.ts'

/** Small municipalities that ask get some points more (agreement §2 and §3: equity regardless of size). */
export function scoreSmallMunicipality({ population }: Asked): z.infer<typeof SmallMunicipalityFactor> {
  const step = population === null ? undefined : smallnessOf(population)
  return {
    ...scoredAs('small_municipality', step?.points ?? 0),
    evidence: { population, atMost: step?.atMost ?? null },
    missing: null,
  }
}

function smallnessOf(population: number) {
  return rules.factors.small_municipality.steps.find(({ atMost }) => population <= atMost)
}

/** Who gives as well as takes keeps all points; the first hours taken are free (agreement §4: all contribute by their means). */
export function scoreGiveTake({ balance: { given, taken } }: Asked): z.infer<typeof GiveTakeFactor> {
  const free = rules.factors.give_take.freeHours
  const hours = taken - given - free
  const share = hours <= 0 ? 1 : (given + free) / taken
  return {
    ...scoredAs('give_take', pointsFor('give_take', share)),
    evidence: { given, taken, free },
    missing: hours > 0 ? { hours } : null,
  }
}
