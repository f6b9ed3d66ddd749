import type { PlanAlternative, PlanFigures, PlanPolicy } from '@samkraft/contracts/matching'
import { format, m } from '#lib/i18n.ts'
import { percentOf, policyWords } from '#lib/plans/words.ts'
import type { NamedOrganisation } from '../organisation-names.ts'

/** One measure with what it comes to under each policy. */
export type MeasureRow = Readonly<{ measure: string; values: Readonly<Record<string, string>> }>

/** A policy as a point: how much help, how even. Shares of one. */
export type TradeOff = Readonly<{ policy: PlanPolicy; given: number; worst: number; said: string }>

type NameOf = (id: string) => NamedOrganisation

/** What a proven plan may lack of its bound, which the engine raises by what sums can have lost in rounding. */
const rounding = 1e-8

/** The measures plans and policies are compared by, in words. */
export function measureRows(
  columns: readonly Readonly<{ key: string; figures: PlanFigures }>[],
  nameOf: NameOf,
): MeasureRow[] {
  return measures.map(({ measure, say }) => ({
    measure: measure(),
    values: Object.fromEntries(columns.map(({ key, figures }) => [key, say(figures, nameOf)])),
  }))
}

const measures: readonly Readonly<{ measure: () => string; say: (figures: PlanFigures, nameOf: NameOf) => string }>[] =
  [
    {
      measure: m.plan_given,
      say: (figures) =>
        m.plan_given_value({
          hours: format.number(figures.hoursGiven),
          asked: format.number(figures.hoursAsked),
          percent: percentOf(shareGiven(figures)),
        }),
    },
    { measure: m.plan_requests, say: ({ met }) => format.number(met) },
    { measure: m.plan_requests_partly, say: ({ partlyMet }) => format.number(partlyMet) },
    {
      measure: m.plan_requests_none,
      say: ({ requests, met, partlyMet }) => format.number(requests - met - partlyMet),
    },
    {
      measure: m.plan_worst_off,
      say: ({ worstOff }, nameOf) =>
        worstOff
          ? m.plan_worst_off_value({
              percent: percentOf(worstOff.coverage),
              name: nameOf(worstOff.organisationId).shortName,
            })
          : '–',
    },
    { measure: m.plan_km, say: ({ kmPerWeek }) => m.plan_km_value({ km: format.distance(kmPerWeek) }) },
    {
      measure: m.plan_cost,
      say: ({ ore, hoursWithoutPrice }) => {
        const cost = format.kronor(Math.round(ore / 100) * 100)
        return hoursWithoutPrice > 0 ? m.plan_cost_value({ cost, hours: format.number(hoursWithoutPrice) }) : cost
      },
    },
    {
      measure: m.plan_gap,
      say: ({ gap }) =>
        gap <= rounding
          ? m.plan_gap_proven({ percent: format.percent(0) })
          : m.plan_gap_value({ percent: format.percent(Math.ceil(gap * 1_000) / 10) }),
    },
    { measure: m.plan_gini_given, say: ({ giniGiven }) => format.number(giniGiven) },
    { measure: m.plan_gini_received, say: ({ giniReceived }) => format.number(giniReceived) },
  ]

/** The policies as points of one picture. */
export function tradeOffs(alternatives: readonly PlanAlternative[]): TradeOff[] {
  return alternatives.map(({ policy, figures }) => {
    const [given, worst] = [shareGiven(figures), figures.worstOff?.coverage ?? 0]
    const said = { policy: policyWords[policy](), given: percentOf(given), worst: percentOf(worst) }
    return { policy, given, worst, said: m.plan_tradeoff_said(said) }
  })
}

function shareGiven({ hoursGiven, hoursAsked }: PlanFigures): number {
  return hoursAsked > 0 ? hoursGiven / hoursAsked : 0
}
