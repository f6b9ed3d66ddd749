import { type Problem } from './problem.ts'
import { type Subproblem } from './subproblem.ts'

/** A plan in the making: the hours per week of every slot, and what is left of every row. */
export type State = Readonly<{
  hours: Float64Array
  left: Float64Array
  /** Takes everything back from a request. */
  remove: (request: number) => void
  /** Gives a request that has nothing the best that is left for it by `gain`; returns what that is worth. */
  place: (request: number, gain: Float64Array, limit?: (slot: number, most: number) => number) => number
  /** Gives a request that has nothing the hours it has in another plan; they must fit. */
  restore: (request: number, plan: Float64Array) => void
  /** Gives requests the hours they have in another plan instead of theirs; with those of all others they must fit. */
  change: (requests: readonly number[], plan: Float64Array) => void
}>

export function emptyState(problem: Problem, subproblem: Subproblem): State {
  const { edgeStart, slotStart, rowStart, slotRows, rowCapacity, upper } = problem
  const hours = new Float64Array(upper.length)
  const left = rowCapacity.slice()
  const room = new Float64Array(upper.length)

  function take(request: number, sign: number): void {
    for (let slot = slotStart[edgeStart[request]!]!; slot < slotStart[edgeStart[request + 1]!]!; slot += 1) {
      const given = hours[slot]!
      if (given === 0) continue
      for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1) left[slotRows[at]!]! -= sign * given
    }
  }

  function remove(request: number): void {
    take(request, -1)
    hours.fill(0, slotStart[edgeStart[request]!], slotStart[edgeStart[request + 1]!])
  }

  function restore(request: number, plan: Float64Array): void {
    const begin = slotStart[edgeStart[request]!]!
    hours.set(plan.subarray(begin, slotStart[edgeStart[request + 1]!]), begin)
    take(request, 1)
  }

  return {
    hours,
    left,
    remove,
    place: (request, gain, limit) => {
      for (let slot = slotStart[edgeStart[request]!]!; slot < slotStart[edgeStart[request + 1]!]!; slot += 1) {
        let most = upper[slot]!
        for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1) most = Math.min(most, left[slotRows[at]!]!)
        room[slot] = most > 0 && limit ? limit(slot, most) : most
      }
      const worth = subproblem.solve(request, gain, room, hours)
      take(request, 1)
      return worth
    },
    restore,
    change: (requests, plan) => {
      for (const request of requests) remove(request)
      for (const request of requests) restore(request, plan)
    },
  }
}
