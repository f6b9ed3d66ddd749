import { askedOf, coverageOf } from './coverage.ts'
import { gentleLadder } from './ladder.ts'
import { type Assignment, type Market, type Plan, type Policy } from './market.ts'

/** Σ score × hours, in the order of the assignments; a locked pair without an edge counts for nothing. */
export function helpOf(market: Market, assignments: readonly Assignment[]): number {
  const scores = new Map<string, Map<string, number>>()
  for (const { request, offer } of assignments) {
    scores.set(request, (scores.get(request) ?? new Map<string, number>()).set(offer, 0))
  }
  for (const { request, offer, score } of market.edges) {
    const given = scores.get(request)
    if (given?.has(offer)) given.set(offer, score)
  }
  return assignments.reduce(
    (help, { request, offer, fromWeek, toWeek, hoursPerWeek }) =>
      help + (scores.get(request)?.get(offer) ?? 0) * (toWeek - fromWeek) * hoursPerWeek,
    0,
  )
}

/** The highest score of the market, 1 where all are below it: what the ladders of `balanced` are weighed against. */
export function highestScore({ edges }: Pick<Market, 'edges'>): number {
  return edges.reduce((highest, { score }) => Math.max(highest, score), 1)
}

/** What all the parties' ladders are worth in `balanced`. */
function ladderWorth(market: Market, coverage: Readonly<Record<string, number>>, fairness: number): number {
  const ladder = gentleLadder(fairness)
  let worth = 0
  for (const [party, hours] of askedOf(market)) worth += hours * ladder.at(coverage[party] ?? 0)
  return worth * highestScore(market)
}

/** How much the worst off count: 0 is most help, 1 is worst off first. */
export function fairnessOf(policy: Policy): number {
  if (policy.kind === 'balanced') return policy.fairness
  return policy.kind === 'most-help' ? 0 : 1
}

/** What a policy counts of any assignments, as the `value` of a plan does, and how much of what each party asks for they give. */
export function judge(
  market: Market,
  policy: Policy,
  assignments: readonly Assignment[],
): Pick<Plan, 'value' | 'coverage'> {
  const fairness = fairnessOf(policy)
  const coverage = coverageOf(market, assignments)
  const value =
    fairness === 1
      ? Math.min(1, ...Object.values(coverage))
      : (1 - fairness) * helpOf(market, assignments) + ladderWorth(market, coverage, fairness)
  return { value, coverage }
}
