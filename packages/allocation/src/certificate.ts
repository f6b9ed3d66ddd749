import { branch } from './branch.ts'
import { type Objective } from './objective.ts'
import { hasParts, partOf } from './part.ts'
import { climbOf, type Prices } from './prices.ts'
import { type Problem } from './problem.ts'

/** What the tree may take: so many requests are bounded in all, over its cases. */
const bounded = 48_000

/**
 * A bound below that of the prices, by telling cases apart; that of the prices itself when the requests may choose from more than
 * pairs. `value` is what a plan is worth: the tree stops where nothing is more; `cases` is the most it tells apart.
 */
export function boundByCases(
  problem: Problem,
  objective: Objective,
  prices: Prices,
  { value, cases, over }: { value: number; cases: number; over: (share: number, bound: number) => boolean },
): number {
  if (!hasParts(problem) || prices.bound <= value) return prices.bound
  const requests = problem.requestIds.map((_, request) => request)
  const part = partOf(problem, requests, problem.rowCapacity)
  let ladders = 0
  if (objective.ladder) {
    prices.partyPrice.forEach((cost, party) => (ladders += climbOf(objective, party, cost).worth))
  }
  const nodes = Math.min(cases, Math.ceil(bounded / Math.max(1, requests.length)))
  const { bound } = branch(part, {
    gain: Float64Array.from(part.slots, (slot) => prices.gain[slot]!),
    price: Float64Array.from(part.rows, (row) => prices.price[row]!),
    target: value - ladders,
    nodes,
    over: (count, most) => over(count / nodes, Math.min(prices.bound, most + ladders)),
  })
  return Math.min(prices.bound, Math.max(value, bound + ladders))
}
