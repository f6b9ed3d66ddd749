import { aloneAtMost } from './alone.ts'
import { assignmentsOf, sorted } from './assignments.ts'
import { budgetOf } from './budget.ts'
import { coverageOf } from './coverage.ts'
import { helpOf, ladderWorth } from './worth.ts'
import { gentleLadder, steepLadder } from './ladder.ts'
import { type Market, type Options, type Plan, type Policy } from './market.ts'
import { hoursOf, objectiveOf } from './objective.ts'
import { problemOf } from './problem.ts'
import { reasonsOf } from './reasons.ts'
import { validate } from './validate.ts'
import { search } from './search.ts'
import { subproblemOf } from './subproblem.ts'

/** What help counts beside the steep ladder: enough to choose among equals. */
const little = 0.05

/**
 * Shares what is offered among those who ask, as the policy wants it, and proves how close to the best possible the plan is.
 * Throws a RangeError when the market contradicts itself.
 */
export function allocate(given: Market, policy: Policy, options: Options = {}): Plan {
  const budget = budgetOf(options)
  validate(given, policy)
  const market = inOrder(given)
  const fairness = policy.kind === 'balanced' ? policy.fairness : policy.kind === 'most-help' ? 0 : 1
  const problem = problemOf(market, options.shape ?? 'constant')
  const subproblem = subproblemOf(problem)
  const alone =
    fairness === 1
      ? aloneAtMost(problem, subproblem, hoursOf(market, problem), () => budget.passed(0, 0.1) >= 1)
      : undefined
  const objective =
    alone !== undefined
      ? objectiveOf(market, problem, little, steepLadder(alone))
      : objectiveOf(market, problem, 1 - fairness, fairness > 0 ? gentleLadder(fairness) : undefined)
  const { hours, bound: atMost, steps } = search(problem, subproblem, objective, alone, market.weeks, budget, options)

  const assignments = assignmentsOf(market, problem, hours)
  const coverage = coverageOf(market, assignments)
  const value =
    fairness === 1
      ? Math.min(1, ...Object.values(coverage))
      : (1 - fairness) * helpOf(market, assignments) + ladderWorth(market, coverage, fairness)
  const highest =
    fairness === 1 ? atMost : atMost * problem.hours + (1 - fairness) * helpOf(market, market.locked ?? [])
  const bound = Math.max(value, fairness === 1 ? Math.min(1, upwards(highest)) : upwards(highest))
  return {
    assignments,
    unmet: reasonsOf(market, assignments, options.shape === 'by-term'),
    value,
    bound,
    gap: bound > 0 ? (bound - value) / bound : 0,
    coverage,
    steps,
  }
}

/** So that the order things come in makes no difference, not even to the last digit of a sum. */
function inOrder(market: Market): Market {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
  const { requests, offers, locked = [] } = market
  return { ...market, requests: [...requests].sort(byId), offers: [...offers].sort(byId), locked: sorted(locked) }
}

/** More than what rounding can have taken from a sum of this size. */
function upwards(sum: number): number {
  return sum * (1 + 1e-9)
}
