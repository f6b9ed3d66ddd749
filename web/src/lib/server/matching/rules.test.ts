import type { RulesView } from '@samkraft/contracts/matching'
import { expect, test } from 'vitest'
import { rulesSaid } from './rules.ts'

const place = {
  max: 15,
  nearKm: 15,
  farKm: 100,
  leastShare: 0.11,
  beyondTravel: 0.02,
  distanceUnknown: 0.53,
  remotePart: 0.54,
  onlyRemote: 0.05,
  onlyOnSite: 0.36,
} as const

const rules: RulesView = {
  total: 100,
  factors: {
    competence: {
      max: 40,
      relation: {
        exact: 1,
        narrower: 0.9,
        broader: 0.7,
        substitutable: 0.6,
        substitutable_25: 0.4,
        related: 0.2,
        none: 0,
      },
      preferred: 0.1,
      licence: { documented: 1, claimed: 0.9, none: 0.5 },
    },
    extent: { max: 20 },
    period: { max: 12, missedWhenFlexible: 0.5 },
    place,
    cost: { max: 4, noneAbove: 0.5, notSaid: 0.5 },
    language: { max: 2 },
    focus_area: { max: 2 },
    small_municipality: { max: 3, steps: [{ atMost: 10_000, points: 3 }] },
    give_take: { max: 2, freeHours: 400 },
  },
  hardStops: ['own_organisation'],
  groups: ['full'],
  kept: 50,
  nearMissesKept: 5,
  pooling: {
    relations: ['exact'],
    leastHours: 16,
    mostHours: 40,
    leastWeeks: 4,
    mostMembers: 9,
    offersTried: 12,
    mostProviders: 3,
  },
}

test('every weight of the place is told', () => {
  const { how } = rulesSaid(rules).factors.find(({ code }) => code === 'place') ?? { how: '' }
  const { max: _, nearKm, farKm, ...shares } = place
  for (const km of [nearKm, farKm]) expect(how).toContain(`${km}\u00a0km`)
  for (const share of Object.values(shares)) expect(how).toContain(`${Math.round(share * 100)}\u00a0%`)
})
