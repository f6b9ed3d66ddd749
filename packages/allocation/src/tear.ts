import { type slotsByOffer } from './neighbours.ts'
import { type Problem } from './problem.ts'

/** The most requests that are torn up at once. */
const widest = 10

/** Draws the requests to tear up together: one that misses something, and those who have the offers it would like. */
export function tearer(
  problem: Problem,
  { start, slots }: ReturnType<typeof slotsByOffer>,
  hours: Float64Array,
  margin: Float64Array,
  firstOne: () => number,
  random: () => number,
) {
  const { edgeStart, slotStart, slotEdge, offer, request, requestIds } = problem
  const chosen = new Uint8Array(requestIds.length)
  const below = (count: number) => Math.floor(random() * count)

  return (): number[] => {
    const first = firstOne()
    const torn = [first]
    chosen[first] = 1
    const add = (slot: number) => {
      const other = request[slotEdge[slot]!]!
      if (chosen[other] === 1) return
      chosen[other] = 1
      torn.push(other)
    }
    const size = 2 + Math.floor(random() * random() * (widest - 2))
    const from = edgeStart[first]!
    const edges = edgeStart[first + 1]! - from
    for (let tries = 0; tries < 4 && torn.length < size && edges > 0; tries += 1) {
      let liked = from + below(edges)
      for (let more = 0; more < 2; more += 1) {
        const other = from + below(edges)
        if (margin[slotStart[other]!]! > margin[slotStart[liked]!]!) liked = other
      }
      const at = start[offer[liked]!]!
      const count = start[offer[liked]! + 1]! - at
      const turn = below(count)
      for (let place = 0; place < count && torn.length < size; place += 1) {
        const slot = slots[at + ((place + turn) % count)]!
        if (hours[slot]! > 0) add(slot)
      }
      if (random() < 0.3) add(slots[at + below(count)]!)
    }
    for (let at = torn.length - 1; at > 0; at -= 1) {
      const other = below(at + 1)
      const request = torn[at]!
      torn[at] = torn[other]!
      torn[other] = request
    }
    for (const request of torn) chosen[request] = 0
    return torn
  }
}
