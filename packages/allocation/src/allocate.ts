import { assignmentsOf } from './assignments.ts'
import { askedOf, coverageOf } from './coverage.ts'
import { ladder } from './ladder.ts'
import { type Assignment, type Market, type Options, type Plan, type Policy } from './market.ts'
import { problemOf } from './problem.ts'
import { reasonsOf } from './reasons.ts'
import { emptyState } from './state.ts'
import { subproblemOf } from './subproblem.ts'
import { validate } from './validate.ts'

/**
 * Shares what is offered among those who ask, as the policy wants it, and proves how close to the best possible the plan is.
 * Throws a RangeError when the market contradicts itself.
 */
export function allocate(market: Market, policy: Policy, options: Options = {}): Plan {
  validate(market, policy)
  const problem = problemOf(market, options.shape ?? 'constant')
  const subproblem = subproblemOf(problem)
  const gain = Float64Array.from(problem.slotEdge, (edge, slot) => problem.score[edge]! * problem.weeks[slot]!)
  const state = emptyState(problem, subproblem)
  const best = problem.requestIds.map((_, request) => {
    const found = subproblem.solve(request, gain, problem.upper, state.hours)
    return subproblem.ceiling(request, gain, problem.upper, found)
  })
  state.hours.fill(0)
  const order = [...best.keys()].sort((a, b) => (best[b] ?? 0) - (best[a] ?? 0) || a - b)
  for (const request of order) state.place(request, gain)

  const assignments = assignmentsOf(market, problem, state.hours)
  const coverage = coverageOf(market, assignments)
  const help = helpOf(market, assignments)
  const ceiling = best.reduce((sum, worth) => sum + worth, 0) * problem.hours + helpOf(market, market.locked ?? [])
  const fairness = policy.kind === 'balanced' ? policy.fairness : policy.kind === 'most-help' ? 0 : 1
  const asked = askedOf(market)
  let worth = (1 - fairness) * help
  let bound = (1 - fairness) * ceiling * (1 + 1e-9)
  for (const [party, hours] of asked) {
    worth += fairness * hours * ladder(coverage[party] ?? 0)
    bound += fairness * hours
  }
  const value = fairness === 1 ? Math.min(1, ...Object.values(coverage)) : worth
  if (fairness === 1) bound = 1
  return {
    assignments,
    unmet: reasonsOf(market, assignments, options.shape === 'by-term'),
    value,
    bound,
    gap: bound > 0 ? (bound - value) / bound : 0,
    coverage,
    steps: order.length,
  }
}

/** Σ score × hours; a locked pair without an edge counts for nothing. */
function helpOf(market: Market, assignments: readonly Assignment[]): number {
  const scores = new Map(market.edges.map(({ request, offer, score }) => [`${request} ${offer}`, score]))
  return assignments.reduce(
    (sum, { request, offer, fromWeek, toWeek, hoursPerWeek }) =>
      sum + (scores.get(`${request} ${offer}`) ?? 0) * (toWeek - fromWeek) * hoursPerWeek,
    0,
  )
}
