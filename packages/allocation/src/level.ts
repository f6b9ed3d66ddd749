import { tolerance } from './calendar.ts'
import { type Ledger } from './ledger.ts'
import { slotsByOffer } from './neighbours.ts'
import { type Problem } from './problem.ts'
import { type Room } from './room.ts'
import { type State } from './state.ts'

/** How often the whole plan is gone through at most. */
const rounds = 4

/**
 * Moves hours between two requests on the same offer until their parties stand equally well: where coverage counts, the best plan
 * splits an offer somewhere in the middle, and placing requests one after another only finds the ends.
 */
export function level(
  problem: Problem,
  { hours }: State,
  room: Room,
  ledger: Ledger,
  coverage: (party: number) => number,
  asked: Float64Array,
): void {
  const { slotEdge, request, party, upper, slice, weeks, offerIds } = problem
  const { start, slots } = slotsByOffer(problem)
  const partyOf = (slot: number) => party[request[slotEdge[slot]!]!]!

  for (let round = 0; round < rounds; round += 1) {
    let moved = false
    for (let offer = 0; offer < offerIds.length; offer += 1) {
      const all = Array.from(slots.subarray(start[offer], start[offer + 1])).filter((slot) => upper[slot]! > 0)
      for (const from of all) for (const to of all) if (from !== to && hours[from]! > 0 && shift(from, to)) moved = true
    }
    if (!moved) return
  }

  /** Moves what makes the two parties equal, or as much of it as fits; takes it back when the ledger does not like it. */
  function shift(from: number, to: number): boolean {
    const [above, below] = [coverage(partyOf(from)), coverage(partyOf(to))]
    if (above <= below + tolerance) return false
    const spare = hours[from]! - slice[slotEdge[from]!]!
    const perHour = weeks[from]! / asked[partyOf(from)]! + weeks[to]! / asked[partyOf(to)]!
    const most = Math.min(room.of(to, spare), spare, (above - below) / perHour)
    if (most <= tolerance || (hours[to] === 0 && most < slice[slotEdge[to]!]!)) return false
    const [giving, getting] = [request[slotEdge[from]!]!, request[slotEdge[to]!]!]
    ledger.open()
    ledger.takeOut(giving)
    if (getting !== giving) ledger.takeOut(getting)
    room.give(from, -most)
    // The two may share some rows only: what of the other rows is free decides.
    const fits = room.of(to) >= most - tolerance
    if (fits) room.give(to, most)
    ledger.putIn(giving)
    if (getting !== giving) ledger.putIn(getting)
    if (fits && ledger.gained() > 0) return true
    ledger.takeOut(giving)
    if (getting !== giving) ledger.takeOut(getting)
    if (fits) room.give(to, -most)
    room.give(from, most)
    ledger.putIn(giving)
    if (getting !== giving) ledger.putIn(getting)
    return false
  }
}
