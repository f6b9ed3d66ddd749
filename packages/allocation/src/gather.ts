import { treeOf } from './branch.ts'
import { inMarket, partOf } from './part.ts'
import { type Prices } from './prices.ts'
import { type Problem } from './problem.ts'

/**
 * The best plan that uses no other slots than those met on the way, as far as so many cases tell, if it is worth more than a value: it
 * puts together what is good in many plans.
 */
export function gather(
  problem: Problem,
  { gain, price }: Prices,
  met: Uint8Array,
  { value, cases, over }: Readonly<{ value: number; cases: number; over: () => boolean }>,
): Float64Array | undefined {
  const part = partOf(problem, [...problem.requestIds.keys()], problem.rowCapacity, met)
  const { found } = treeOf(part, gain, price).grow({ target: value, cases, deep: true, over })
  return found && inMarket(problem, part, found.hours)
}
