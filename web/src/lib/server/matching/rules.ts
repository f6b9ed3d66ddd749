import type { FactorCode, MatchGroup, RulesView } from '@samkraft/contracts/matching'
import { format, m } from '#lib/i18n.ts'

type Factors = RulesView['factors']

export const factorWords: Readonly<Record<FactorCode, () => string>> = {
  competence: m.factor_competence,
  extent: m.factor_extent,
  period: m.factor_period,
  place: m.factor_place,
  cost: m.factor_cost,
  language: m.factor_language,
  focus_area: m.factor_focus_area,
  small_municipality: m.factor_small_municipality,
  give_take: m.factor_give_take,
}

/** How each factor is counted, with the figures of the table. */
const how: { readonly [Code in FactorCode]: (factor: Factors[Code]) => string } = {
  competence: ({ preferred }) => m.rules_competence({ preferred: share(preferred) }),
  extent: ({ max }) => m.rules_extent({ points: format.number(Math.round((6 / 8) * max)) }),
  period: ({ missedWhenFlexible }) => m.rules_period({ missed: share(missedWhenFlexible) }),
  place: ({ nearKm, farKm, leastShare, beyondTravel, distanceUnknown, remotePart, onlyOnSite, onlyRemote }) =>
    m.rules_place({
      near: format.distance(nearKm),
      far: format.distance(farKm),
      least: share(leastShare),
      beyond: share(beyondTravel),
      unknown: share(distanceUnknown),
      remote: share(remotePart),
      onlyOnSite: share(onlyOnSite),
      onlyRemote: share(onlyRemote),
    }),
  cost: ({ noneAbove, notSaid }) => m.rules_cost({ above: share(noneAbove), unsaid: share(notSaid) }),
  language: () => m.rules_language(),
  focus_area: () => m.rules_focus_area(),
  small_municipality: ({ steps }) =>
    m.rules_small_municipality({
      steps: steps
        .map(({ atMost, points }) => m.rules_small_step({ count: points, population: format.number(atMost) }))
        .join(', '),
    }),
  give_take: ({ freeHours }) => m.rules_give_take({ hours: format.number(freeHours) }),
}

const relationWords: Readonly<Record<keyof Factors['competence']['relation'], () => string>> = {
  exact: m.relation_exact,
  narrower: m.relation_narrower,
  broader: m.relation_broader,
  substitutable: m.relation_substitutable,
  substitutable_25: m.relation_substitutable_25,
  related: m.relation_related,
  none: m.relation_none,
}

const stopWords: Readonly<Record<RulesView['hardStops'][number], () => string>> = {
  own_organisation: m.rules_stop_own_organisation,
  no_hours_in_common: m.rules_stop_no_hours_in_common,
  no_related_competence: m.rules_stop_no_related_competence,
}

const groupWords: Readonly<Record<MatchGroup, Readonly<{ title: () => string; text: () => string }>>> = {
  full: { title: m.matches_group_full, text: m.rules_group_full },
  partial: { title: m.matches_group_partial, text: m.rules_group_partial },
  part_of_period: { title: m.matches_group_part_of_period, text: m.rules_group_part_of_period },
  near: { title: m.matches_group_near, text: m.rules_group_near },
}

/** The published rules in words: every figure comes from the table that the code uses. */
export function rulesSaid({ total, factors, hardStops, groups, kept, nearMissesKept, pooling }: RulesView) {
  const { relation, licence } = factors.competence
  const codes = Object.keys(factors) as FactorCode[]
  return {
    total: format.number(total),
    factors: codes.map((code) => ({
      code,
      name: factorWords[code](),
      max: format.number(factors[code].max),
      how: howSaid(code, factors),
    })),
    relations: (Object.entries(relation) as [keyof typeof relation, number][])
      .sort(([, a], [, b]) => b - a)
      .map(([code, part]) => ({ name: relationWords[code](), share: share(part) })),
    licences: [
      { name: m.rules_licence_documented(), share: share(licence.documented) },
      { name: m.rules_licence_claimed(), share: share(licence.claimed) },
      { name: m.rules_licence_none(), share: share(licence.none) },
    ],
    stops: hardStops.map((stop) => stopWords[stop]()),
    groups: groups.map((group) => ({ title: groupWords[group].title(), text: groupWords[group].text() })),
    kept: m.rules_kept({ kept: format.number(kept), near: format.number(nearMissesKept) }),
    pooling: [
      m.rules_pooling_suggest({
        weeks: format.number(pooling.leastWeeks),
        least: format.number(pooling.leastHours),
        most: format.number(pooling.mostHours),
        members: format.number(pooling.mostMembers),
      }),
      m.rules_pooling_km(),
      m.rules_pooling_score(),
      m.rules_pooling_combine({
        tried: format.number(pooling.offersTried),
        providers: format.number(pooling.mostProviders),
      }),
    ],
  }
}

function howSaid<Code extends FactorCode>(code: Code, factors: Factors): string {
  return how[code](factors[code])
}

/** A share as percent: 0.65 → `65 %`. */
function share(part: number): string {
  return format.percent(Math.round(part * 100))
}
