import { type Objective } from './objective.ts'
import { marginsOf, type Prices } from './prices.ts'
import { type Problem } from './problem.ts'
import { type Subproblem } from './subproblem.ts'

/**
 * No plan gives the worst off party a higher coverage than this: neither than what some party could reach alone
 * (`alone`), nor than the mean of the coverages, weighed by the parties' prices, could be.
 */
export function smallestAtMost(
  problem: Problem,
  subproblem: Subproblem,
  objective: Objective,
  prices: Prices,
  alone: number,
): number {
  const { weeks, upper, party, requestIds, parties, request, slotEdge, rowCapacity } = problem
  const { asked, locked } = objective
  const hours = new Float64Array(upper.length)
  const { price, partyPrice } = prices
  const gain = Float64Array.from(weeks, (count, slot) => partyPrice[party[request[slotEdge[slot]!]!]!]! * count)
  const margin = new Float64Array(upper.length)
  marginsOf(problem, gain, price, margin)
  let most = 0
  for (let r = 0; r < requestIds.length; r += 1) {
    most += subproblem.ceiling(r, margin, upper, subproblem.solve(r, margin, upper, hours))
  }
  for (let row = 0; row < rowCapacity.length; row += 1) most += price[row]! * rowCapacity[row]!
  let weight = 0
  for (let at = 0; at < parties.length; at += 1) {
    most += partyPrice[at]! * locked[at]!
    weight += partyPrice[at]! * asked[at]!
  }
  return weight > 0 ? Math.min(alone, most / weight) : alone
}
