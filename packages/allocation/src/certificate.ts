import { treeOf } from './branch.ts'
import { type Objective } from './objective.ts'
import { hasParts, inMarket, partOf } from './part.ts'
import { climbOf, type Prices } from './prices.ts'
import { type Problem } from './problem.ts'
import { settle } from './settle.ts'

/** The whole of a small market as a tree of cases: a bound below that of the prices, and plans that are met on the way. */
export type Certifier = Readonly<{
  /**
   * Tells so many cases more apart. `value` is what a plan is known to be worth: what is worth no more is left alone. The bound holds
   * for every plan; `hours` are those of a plan that is worth more, if one was met.
   */
  certify: (telling: { value: number; cases: number; over: (share: number, bound: number) => boolean }) => {
    bound: number
    hours: Float64Array | undefined
  }
  /** The best hours for whom a plan serves, and from whom. */
  settled: (hours: Float64Array) => Float64Array
}>

/** Undefined when the requests may choose from more than pairs. */
export function certifierOf(problem: Problem, objective: Objective, prices: Prices): Certifier | undefined {
  if (!hasParts(problem)) return undefined
  const part = partOf(problem, [...problem.requestIds.keys()], problem.rowCapacity)
  const gain = Float64Array.from(part.slots, (slot) => prices.gain[slot]!)
  const tree = treeOf(part, prices.gain, prices.price)
  let ladders = 0
  if (objective.ladder) {
    prices.partyPrice.forEach((cost, party) => (ladders += climbOf(objective, party, cost).worth))
  }
  return {
    certify: ({ value, cases, over }) => {
      const { bound, found } = tree.grow({
        target: value - ladders,
        cases,
        over: (count, most) => over(count / cases, Math.min(prices.bound, most + ladders)),
      })
      // What a plan is worth at the prices of the ladders is not what it is worth on them.
      const hours = found && !objective.ladder ? inMarket(problem, part, found.hours) : undefined
      return { bound: Math.min(prices.bound, bound + ladders), hours }
    },
    settled: (hours) => {
      const used = [...part.slots.keys()].filter((at) => hours[part.slots[at]!]! > 0)
      const best = objective.ladder ? undefined : settle(part, gain, used)
      return best ? inMarket(problem, part, best.hours) : hours
    },
  }
}
