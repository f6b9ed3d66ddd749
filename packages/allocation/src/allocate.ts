import { aloneAtMost } from './alone.ts'
import { assignmentsOf, sorted } from './assignments.ts'
import { type Budget, budgetOf, stretchOf } from './budget.ts'
import { componentsOf } from './components.ts'
import { hoursIn } from './coverage.ts'
import { fairnessOf, helpOf, judge } from './worth.ts'
import { gentleLadder, steepLadder } from './ladder.ts'
import { type Assignment, type Market, type Options, type Plan, type Policy } from './market.ts'
import { hoursOf, objectiveOf } from './objective.ts'
import { problemOf } from './problem.ts'
import { reasonsOf } from './reasons.ts'
import { validate } from './validate.ts'
import { isSmall, search, usualSteps } from './search.ts'
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
  const fairness = fairnessOf(policy)
  // Where coverage counts, the parties tie together what their requests do not.
  const { assignments, highest, steps } =
    fairness > 0 ? shareOut(market, fairness, budget, options) : shareOutApart(market, budget, options)
  const { value, coverage } = judge(market, policy, assignments)
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

/** What is given to whom, and the most that any plan can be worth. */
type Shared = Readonly<{ assignments: readonly Assignment[]; highest: number; steps: number }>

/**
 * Every component of a small market for itself: what they can be worth adds up, and cases tell more where there are few requests. A
 * large one is seen as a whole: its search looks at a few requests at a time, whatever ties them together.
 */
function shareOutApart(market: Market, budget: Budget, options: Options): Shared {
  const components = isSmall(market.requests.length) ? componentsOf(market) : [market]
  if (components.length === 1) return shareOut(market, 0, budget, options)
  const { budgetMs, iterations } = options
  const all = iterations ?? (budgetMs === undefined ? usualSteps(market.requests.length, false) : undefined)
  // Of the components to come no more is known than what their requests ask for.
  const wishes = components.map(wished)
  let ahead = wishes.reduce((sum, wish) => sum + wish, 0)
  let [from, value, highest, steps] = [0, 0, 0, 0]
  const assignments: Assignment[] = []
  for (const [at, component] of components.entries()) {
    const part = component.requests.length / market.requests.length
    ahead -= wishes[at]!
    const before = { value, bound: highest + ahead, steps }
    const own = stretchOf(budget, from, from + part, (told) => ({
      ...told,
      steps: before.steps + told.steps,
      value: before.value + told.value,
      bound: before.bound + told.bound,
    }))
    const some = all === undefined ? options : { ...options, iterations: Math.ceil(all * part) }
    const shared = shareOut(component, 0, own, some)
    assignments.push(...shared.assignments)
    value += helpOf(component, shared.assignments)
    highest += shared.highest
    steps += shared.steps
    from += part
  }
  return { assignments: sorted(assignments), highest, steps }
}

/** What a market would be worth at most, if every request got all it asks for from the best of its offers. */
function wished({ requests, edges }: Market): number {
  const scores = new Map<string, number>()
  for (const { request, score } of edges) scores.set(request, Math.max(score, scores.get(request) ?? 0))
  return requests.reduce((sum, { id, demand }) => sum + (scores.get(id) ?? 0) * hoursIn(demand), 0)
}

function shareOut(market: Market, fairness: number, budget: Budget, options: Options): Shared {
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

  return {
    assignments: assignmentsOf(market, problem, hours),
    highest: fairness === 1 ? atMost : atMost * problem.worth + (1 - fairness) * helpOf(market, market.locked ?? []),
    steps,
  }
}

/** So that the order things come in makes no difference, not even to the last digit of a sum. */
export function inOrder(market: Market): Market {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
  const { requests, offers, locked = [] } = market
  return { ...market, requests: [...requests].sort(byId), offers: [...offers].sort(byId), locked: sorted(locked) }
}

/** More than what rounding can have taken from a sum of this size. */
function upwards(sum: number): number {
  return sum * (1 + 1e-9)
}
