import { lift } from './lift.ts'
import { type Objective } from './objective.ts'
import { type Prices } from './prices.ts'
import { type Problem } from './problem.ts'
import { type State } from './state.ts'
import { type Subproblem } from './subproblem.ts'

/** The shares of the steps that go to the first lift and to improving what it leaves; then to each of a few more, and theirs. */
const firstLift = 0.3
const firstRest = 0.2
const nextLift = 0.12
const nextRest = 0.045
const more = 3
/** Where a rise has failed, the next aims so far from what the plan has towards it. */
const nextAim = 0.35

/**
 * Raises the smallest coverage of all: straight to the highest that any plan can have, or where that fails about a third of the
 * way there from what the plan has, and so on. After each rise the rest of the plan is improved by `settle`. Returns the steps taken; the state holds the plan.
 */
export function raiseAll(
  problem: Problem,
  subproblem: Subproblem,
  state: State,
  objective: Objective,
  {
    prices,
    atMost,
    steps,
    random,
    passed,
    settle,
  }: Readonly<{
    prices: Prices
    atMost: number
    steps: number
    random: () => number
    /** How much of the time between two shares of it has passed. */
    passed: (from: number, to: number) => number
    /** Improves the plan by leximin, between two shares of the time, in so many steps; returns the steps taken. */
    settle: (from: number, to: number, steps: number, before: number) => number
  }>,
): number {
  const { requestIds } = problem
  let top = atMost
  let aim = atMost
  let taken = 0
  let kept: Float64Array | undefined
  let from = 0
  for (let tries = 0; tries <= more; tries += 1) {
    const [lifting, resting] = tries === 0 ? [firstLift, firstRest] : [nextLift, nextRest]
    const end = from + lifting
    const { steps: lifted, reached } = lift(problem, subproblem, state, objective, {
      prices,
      coverage: aim,
      random,
      share: (step) => Math.max(step / (steps * lifting), passed(from, end)),
    })
    taken += lifted
    if (reached || !kept) {
      const last = reached && aim === atMost
      taken += settle(end, last ? 1 : end + resting, steps * resting, taken)
      kept = state.hours.slice()
      if (last) break
    } else {
      top = aim
      state.change([...requestIds.keys()], kept)
    }
    from = end + resting
    const smallest = smallestIn(problem, objective, state)
    if (smallest >= top * (1 - 1e-7)) break
    aim = smallest + nextAim * (top - smallest)
  }
  return taken
}

function smallestIn(
  { edgeStart, slotStart, weeks, party, requestIds }: Problem,
  { asked, locked }: Objective,
  { hours }: State,
) {
  const given = locked.slice()
  for (let request = 0; request < requestIds.length; request += 1) {
    for (let slot = slotStart[edgeStart[request]!]!; slot < slotStart[edgeStart[request + 1]!]!; slot += 1) {
      given[party[request]!]! += weeks[slot]! * hours[slot]!
    }
  }
  return given.reduce((least, some, at) => (asked[at]! > 0 ? Math.min(least, some / asked[at]!) : least), 1)
}
