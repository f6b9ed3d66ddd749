import { tolerance } from './calendar.ts'
import { exchange } from './exchange.ts'
import { type Ledger } from './ledger.ts'
import { type Problem } from './problem.ts'
import { type State } from './state.ts'

/**
 * Takes from another plan every part that is better there. Where two plans differ, the requests fall into parts that no full row
 * ties together, so that each part can be chosen for itself. The ledger is that of the state, and judges.
 */
export function recombine(problem: Problem, state: State, ledger: Ledger, other: Float64Array): void {
  const { hours } = state
  const own = hours.slice()
  for (const part of partsOf(problem, hours, other)) {
    ledger.open()
    exchange(state, ledger, part, other)
    if (ledger.gained() <= 0) exchange(state, ledger, part, own)
  }
}

/** The requests that have different hours in two plans, parted so that any mixture of whole parts keeps within the capacity. */
function partsOf(problem: Problem, one: Float64Array, other: Float64Array): number[][] {
  const { edgeStart, slotStart, rowStart, slotRows, rowCapacity, requestIds } = problem
  const begin = (request: number) => slotStart[edgeStart[request]!]!
  const end = (request: number) => slotStart[edgeStart[request + 1]!]!
  const most = new Float64Array(rowCapacity.length)
  const different: number[] = []
  for (let request = 0; request < requestIds.length; request += 1) {
    let differs = false
    for (let slot = begin(request); slot < end(request); slot += 1) {
      differs ||= Math.abs(one[slot]! - other[slot]!) > tolerance
      const given = Math.max(one[slot]!, other[slot]!)
      if (given > 0) for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1) most[slotRows[at]!]! += given
    }
    if (differs) different.push(request)
  }
  const leader = Int32Array.from(requestIds, (_, request) => request)
  const find = (request: number): number => {
    let top = request
    while (leader[top] !== top) top = leader[top]!
    leader[request] = top
    return top
  }
  const holder = new Int32Array(rowCapacity.length).fill(-1)
  for (const request of different) {
    for (let slot = begin(request); slot < end(request); slot += 1) {
      if (one[slot] === 0 && other[slot] === 0) continue
      for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1) {
        const row = slotRows[at]!
        if (most[row]! <= rowCapacity[row]! + tolerance) continue
        if (holder[row]! < 0) holder[row] = request
        else leader[find(request)] = find(holder[row]!)
      }
    }
  }
  return [...Map.groupBy(different, find).values()]
}
