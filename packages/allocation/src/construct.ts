import { marginsOf, type Prices } from './prices.ts'
import { type Problem } from './problem.ts'
import { type State } from './state.ts'

/** How much more a slot is worth that the averaged solution uses in full, as a share of its gain. */
const pull = 0.5

/**
 * A first plan: the requests whose choice is clearest in the averaged solution first, each aiming at what is left at the prices and
 * pulled towards the average; then once more without the prices.
 */
export function construct(problem: Problem, state: State, { price, gain, average }: Prices): void {
  const { edgeStart, slotStart, upper, requestIds } = problem
  const aim = new Float64Array(gain.length)
  marginsOf(problem, gain, price, aim)
  const clearest = new Float64Array(requestIds.length)
  for (let request = 0; request < requestIds.length; request += 1) {
    for (let slot = slotStart[edgeStart[request]!]!; slot < slotStart[edgeStart[request + 1]!]!; slot += 1) {
      if (upper[slot] === 0) continue
      const used = average[slot]! / upper[slot]!
      aim[slot]! += pull * used * gain[slot]!
      clearest[request] = Math.max(clearest[request]!, used)
    }
  }
  const order = Int32Array.from(requestIds, (_, request) => request).sort(
    (a, b) => clearest[b]! - clearest[a]! || a - b,
  )
  for (const request of order) state.place(request, aim)
  for (const request of order) {
    state.remove(request)
    state.place(request, gain)
  }
}
