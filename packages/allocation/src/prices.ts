import { type Objective } from './objective.ts'
import { type Problem } from './problem.ts'
import { move, turn } from './subgradient.ts'
import { type Subproblem } from './subproblem.ts'

/**
 * What capacity costs: a price per hour per week in every row; and what an hour for a party is worth on its ladder. At any prices,
 * three things together are more than any plan is worth: what the requests would choose if they paid them, the cost of all capacity,
 * and the best a ladder can do when its party buys the hours. The lowest such sum found is the certificate.
 */
export type Prices = Readonly<{
  /** Per row, at least 0. */
  price: Float64Array
  /** Per party: what an hour is worth on its ladder, 0 without one. */
  partyPrice: Float64Array
  /** Per slot: the gain with the party's price of an hour. */
  gain: Float64Array
  /** No plan is worth more; what the locked assignments are worth on the ladders is in it. */
  bound: number
  /** Per slot: hours per week on average over what the requests chose on the way; nearly respects the capacity. */
  average: Float64Array
  steps: number
}>

/** Pays for the rows of every slot out of its gain. */
export function marginsOf(
  { rowStart, slotRows }: Pick<Problem, 'rowStart' | 'slotRows'>,
  gain: Float64Array,
  price: Float64Array,
  margin: Float64Array,
): void {
  for (let slot = 0; slot < margin.length; slot += 1) {
    let left = gain[slot]!
    for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1) left -= price[slotRows[at]!]!
    margin[slot] = left
  }
}

/**
 * Lowers the bound by subgradient steps towards `target`, a value that some plan has: a step is as long as would take the bound there
 * were it straight, times a length that shrinks when nothing is gained.
 */
export function pricesOf(
  problem: Problem,
  subproblem: Subproblem,
  objective: Objective,
  { target, steps, over }: { target: number; steps: number; over: (step: number, bound: number) => boolean },
): Prices {
  const { rowCapacity, rowStart, slotRows, upper, requestIds, parties, party, request, slotEdge, weeks } = problem
  const rows = rowCapacity.length
  // The parties' prices stand after those of the rows, on a scale on which they move about as far.
  const many = rows + (objective.ladder ? parties.length : 0)
  const scale = Float64Array.from(objective.asked, (asked) => (asked > 0 ? 0.3 / Math.sqrt(asked) : 0))
  const price = new Float64Array(many)
  const best = new Float64Array(many)
  const direction = new Float64Array(many)
  const spare = new Float64Array(many)
  const gain = objective.gain.slice()
  const margin = new Float64Array(upper.length)
  const hours = new Float64Array(upper.length)
  const average = new Float64Array(upper.length)
  let bound = Infinity
  let length = 0.7
  let since = 0
  let step = 0
  const slopes = objective.ladder?.slopes ?? new Float64Array(0)
  // Where the ladder would stand if everyone got about what they ask for.
  const usual = slopes[Math.floor(slopes.length * 0.8)] ?? 0
  for (let at = 0; at < many - rows; at += 1) price[rows + at] = usual / (scale[at]! || 1)

  for (; step < steps && !over(step, bound); step += 1) {
    const sum = choose()
    since = sum < bound * (1 - 1e-5) ? 0 : since + 1
    if (sum < bound) {
      bound = sum
      best.set(price)
    }
    if (since > 5) {
      length *= 0.65
      since = 0
    }
    if (sum <= target || !turn(direction, spare, price)) break
    move(price, direction, length * (sum - target))
  }
  gainAt(best)
  const partyPrice = Float64Array.from(scale, (of, at) => of * (best[rows + at] ?? 0))
  return { price: best.slice(0, rows), partyPrice, gain, bound, average, steps: step }

  function gainAt(prices: Float64Array): void {
    if (many === rows) return
    for (let slot = 0; slot < gain.length; slot += 1) {
      const at = party[request[slotEdge[slot]!]!]!
      gain[slot] = objective.gain[slot]! + prices[rows + at]! * scale[at]! * weeks[slot]!
    }
  }

  /** Lets everyone choose at the prices; returns the sum that bounds every plan and leaves in `spare` what is left of each thing. */
  function choose(): number {
    gainAt(price)
    marginsOf(problem, gain, price, margin)
    let sum = 0
    for (let r = 0; r < requestIds.length; r += 1) {
      sum += subproblem.ceiling(r, margin, upper, subproblem.solve(r, margin, upper, hours))
    }
    for (let row = 0; row < rows; row += 1) {
      spare[row] = rowCapacity[row]!
      sum += price[row]! * rowCapacity[row]!
    }
    for (let at = 0; at < many - rows; at += 1) {
      const { worth, bought } = climbOf(objective, at, price[rows + at]! * scale[at]!)
      sum += worth
      spare[rows + at] = -bought * scale[at]!
    }
    const fresh = step === 0 ? 1 : 0.06
    for (let slot = 0; slot < hours.length; slot += 1) {
      const given = hours[slot]!
      average[slot]! += fresh * (given - average[slot]!)
      if (given === 0) continue
      for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1) spare[slotRows[at]!]! -= given
      if (many === rows) continue
      const at = party[request[slotEdge[slot]!]!]!
      spare[rows + at]! += given * weeks[slot]! * scale[at]!
    }
    return sum
  }
}

/** The best a party's ladder can do when it buys its hours at so much each, and how many it buys. */
export function climbOf({ asked, locked, ladder }: Objective, party: number, cost: number) {
  const slopes = ladder?.slopes ?? new Float64Array(0)
  const width = asked[party]! / Math.max(1, slopes.length)
  let worth = 0
  let bought = 0
  let standing = locked[party]!
  for (const slope of slopes) {
    const free = Math.min(standing, width)
    standing -= free
    worth += slope * free
    if (slope <= cost) continue
    worth += (slope - cost) * (width - free)
    bought += width - free
  }
  return { worth, bought }
}
