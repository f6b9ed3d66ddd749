import { type Problem } from './problem.ts'
import { type Room } from './room.ts'

/**
 * Gives what is left to those who can still take it, best gain first, without touching what they have. Afterwards no slot can be
 * raised, and none opened that its slice and the number of providers allow: what is unmet has a reason.
 */
export function fill({ edgeStart, slotStart, requestIds }: Problem, room: Room, gain: Float64Array): void {
  for (let request = 0; request < requestIds.length; request += 1) {
    const begin = slotStart[edgeStart[request]!]!
    const slots = Array.from({ length: slotStart[edgeStart[request + 1]!]! - begin }, (_, at) => begin + at)
    const open = slots.filter((slot) => room.of(slot) > 0).sort((a, b) => gain[b]! - gain[a]! || a - b)
    for (const slot of open) {
      const more = room.of(slot)
      if (more > 0) room.give(slot, more)
    }
  }
}
