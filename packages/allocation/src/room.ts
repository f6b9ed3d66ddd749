import { tolerance } from './calendar.ts'
import { type Problem } from './problem.ts'
import { type State } from './state.ts'
import { hasWeek } from './weeks.ts'

/** What more a slot could have beside everything that is given. */
export type Room = Readonly<{
  /** How many hours per week a slot can have more; 0 when its slice or the number of providers forbids any. `spared`: had its offer so much more. */
  of: (slot: number, spared?: number) => number
  /** Gives a slot so much more, or less when negative. */
  give: (slot: number, hours: number) => void
}>

export function roomIn(problem: Problem, { hours, left }: State, calendarWeeks: number): Room {
  const { edgeStart, slotStart, slotEdge, rowStart, slotRows, slotWeeks, upper, slice, providers, words } = problem
  const { termStart, terms, levelStart, levelHours, levelWeeks } = problem
  const wanted = new Float64Array(calendarWeeks)

  /** The weeks' demand of a request that is not met, into `wanted`. */
  function want(request: number): void {
    wanted.fill(0)
    const first = levelStart[termStart[request]!]!
    const last = levelStart[termStart[request]! + terms[request]!]!
    for (let level = first; level < last; level += 1) add(levelWeeks, level, levelHours[level]!)
    for (let slot = slotStart[edgeStart[request]!]!; slot < slotStart[edgeStart[request + 1]!]!; slot += 1) {
      if (hours[slot]! > 0) add(slotWeeks, slot, -hours[slot]!)
    }
  }

  function add(sets: Int32Array, set: number, more: number): void {
    for (let week = 0; week < calendarWeeks; week += 1) if (hasWeek(sets, set * words, week)) wanted[week]! += more
  }

  function provides(edge: number): boolean {
    for (let slot = slotStart[edge]!; slot < slotStart[edge + 1]!; slot += 1) if (hours[slot]! > 0) return true
    return false
  }

  function providersOf(request: number): number {
    let count = 0
    for (let edge = edgeStart[request]!; edge < edgeStart[request + 1]!; edge += 1) if (provides(edge)) count += 1
    return count
  }

  return {
    of: (slot, spared = 0) => {
      let room = upper[slot]! - hours[slot]!
      for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1)
        room = Math.min(room, left[slotRows[at]!]! + spared)
      if (room <= tolerance) return 0
      const edge = slotEdge[slot]!
      const request = problem.request[edge]!
      want(request)
      for (let week = 0; week < calendarWeeks; week += 1) {
        if (hasWeek(slotWeeks, slot * words, week)) room = Math.min(room, wanted[week]!)
      }
      if (room <= tolerance || (hours[slot] === 0 && room < slice[edge]! - tolerance)) return 0
      return provides(edge) || providersOf(request) < providers[request]! ? room : 0
    },
    give: (slot, more) => {
      hours[slot]! += more
      for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1) left[slotRows[at]!]! -= more
    },
  }
}
