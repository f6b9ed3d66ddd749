import { tolerance } from './calendar.ts'
import { type Problem } from './problem.ts'
import { type State } from './state.ts'
import { hasWeek } from './weeks.ts'

/**
 * Gives what is left to those who can still take it, best gain first, without touching what they have. Afterwards no slot can be
 * raised, and none opened that its slice and the number of providers allow: what is unmet has a reason.
 */
export function fill(problem: Problem, state: State, gain: Float64Array, weeks: number): void {
  const { edgeStart, slotStart, slotEdge, rowStart, slotRows, slotWeeks, upper, slice, providers, requestIds, words } =
    problem
  const { hours, left } = state
  const wanted = new Float64Array(weeks)

  for (let request = 0; request < requestIds.length; request += 1) {
    const begin = slotStart[edgeStart[request]!]!
    const end = slotStart[edgeStart[request + 1]!]!
    const slots: number[] = []
    for (let slot = begin; slot < end; slot += 1) if (upper[slot]! > 0 && free(slot) > tolerance) slots.push(slot)
    if (slots.length === 0) continue
    want(request)
    slots.sort((a, b) => gain[b]! - gain[a]! || a - b)
    for (const slot of slots) raise(request, slot)
  }

  /** What the rows of a slot have left. */
  function free(slot: number): number {
    let room = upper[slot]! - hours[slot]!
    for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1) room = Math.min(room, left[slotRows[at]!]!)
    return room
  }

  /** What a request still wants in every week. */
  function want(request: number): void {
    const { termStart, terms, levelStart, levelHours, levelWeeks } = problem
    wanted.fill(0)
    const first = levelStart[termStart[request]!]!
    const last = levelStart[termStart[request]! + terms[request]!]!
    for (let level = first; level < last; level += 1) {
      for (let week = 0; week < weeks; week += 1) {
        if (hasWeek(levelWeeks, level * words, week)) wanted[week] = levelHours[level]!
      }
    }
    for (let slot = slotStart[edgeStart[request]!]!; slot < slotStart[edgeStart[request + 1]!]!; slot += 1) {
      if (hours[slot]! > 0) give(slot, hours[slot]!)
    }
  }

  function give(slot: number, given: number): void {
    for (let week = 0; week < weeks; week += 1) if (hasWeek(slotWeeks, slot * words, week)) wanted[week]! -= given
  }

  function raise(request: number, slot: number): void {
    let room = free(slot)
    for (let week = 0; week < weeks && room > tolerance; week += 1) {
      if (hasWeek(slotWeeks, slot * words, week)) room = Math.min(room, wanted[week]!)
    }
    const edge = slotEdge[slot]!
    if (room <= tolerance || (hours[slot] === 0 && room < slice[edge]! - tolerance)) return
    if (!provides(edge) && providersOf(request) >= providers[request]!) return
    hours[slot]! += room
    for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1) left[slotRows[at]!]! -= room
    give(slot, room)
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
}
