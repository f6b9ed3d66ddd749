import { tolerance } from './calendar.ts'
import { type Problem } from './problem.ts'
import { meetAll } from './weeks.ts'

/**
 * Some requests of the market, and what capacity there is for them: small enough to be solved for itself. Slots and rows are
 * numbered within the part. A choice is a corner of what one or two slots of a request may have together: every plan gives the
 * request a mixture of the corners of one pair, or of one slot alone, or nothing.
 */
export type Part = Readonly<{
  requests: readonly number[]
  /** Per slot of the part: the slot of the market, the place of its request in `requests`, and the most hours per week it can have. */
  slots: Int32Array
  holder: Int32Array
  upper: Float64Array
  /** Per slot of the part: the fewest hours per week that are of use. */
  slice: Float64Array
  /** The most two slots of one request may have together, infinite when they share no week. */
  together: (a: number, b: number) => number
  /** Per slot of the part, one longer: where its rows begin in `slotRows`. */
  rowStart: Int32Array
  slotRows: Int32Array
  /** Per row of the part: the row of the market, and its capacity. */
  rows: Int32Array
  capacity: Float64Array
  choices: Choices
}>

type Choices = Readonly<{
  /** Per request of the part, one longer. */
  start: Int32Array
  /** Per choice: its slots (the second −1 when alone) and their hours. */
  first: Int32Array
  second: Int32Array
  firstHours: Float64Array
  secondHours: Float64Array
  /** Per choice: whether it can only be best where the request is bound to its slots. */
  low: Uint8Array
}>

/** Whether all that a request may choose from are single slots and pairs. */
export function hasParts({ terms, providers }: Problem): boolean {
  return terms.every((count) => count === 1) && providers.every((count) => count <= 2)
}

/** The part of these requests when `left` of every row is theirs; of their slots those that are `some`, when told. */
export function partOf(problem: Problem, requests: readonly number[], left: Float64Array, some?: Uint8Array): Part {
  const { edgeStart, slice, upper } = problem
  const slots: number[] = []
  const holder: number[] = []
  const most: number[] = []
  requests.forEach((request, place) => {
    for (let slot = edgeStart[request]!; slot < edgeStart[request + 1]!; slot += 1) {
      if (some?.[slot] === 0) continue
      let room = upper[slot]!
      for (let at = problem.rowStart[slot]!; at < problem.rowStart[slot + 1]!; at += 1) {
        room = Math.min(room, left[problem.slotRows[at]!]!)
      }
      if (room <= tolerance || room < slice[slot]! - tolerance) continue
      slots.push(slot)
      holder.push(place)
      most.push(room)
    }
  })
  const { rows, rowStart, slotRows } = scarceRows(problem, slots, most, left)
  return {
    requests,
    slots: Int32Array.from(slots),
    holder: Int32Array.from(holder),
    upper: Float64Array.from(most),
    slice: Float64Array.from(slots, (slot, at) => Math.min(slice[slot]!, most[at]!)),
    together: (a, b) => together(problem, requests[holder[a]!]!, slots[a]!, slots[b]!),
    rows,
    rowStart,
    slotRows,
    capacity: Float64Array.from(rows, (row) => left[row]!),
    choices: choicesOf(problem, requests, slots, holder, most),
  }
}

/** Hours per slot of the part, as hours per slot of the market. */
export function inMarket({ upper }: Problem, { slots }: Part, hours: Float64Array): Float64Array {
  const all = new Float64Array(upper.length)
  slots.forEach((slot, at) => (all[slot] = hours[at]!))
  return all
}

/** The rows that the slots together could overdraw. */
function scarceRows(problem: Problem, slots: readonly number[], most: readonly number[], left: Float64Array) {
  const drawn = new Map<number, number>()
  const rowsOf = (slot: number) => problem.slotRows.subarray(problem.rowStart[slot], problem.rowStart[slot + 1])
  slots.forEach((slot, at) => rowsOf(slot).forEach((row) => drawn.set(row, (drawn.get(row) ?? 0) + most[at]!)))
  const rows = [...drawn].filter(([row, hours]) => hours > left[row]!).map(([row]) => row)
  const place = new Map(rows.map((row, at) => [row, at]))
  const rowStart = [0]
  const slotRows: number[] = []
  for (const slot of slots) {
    for (const row of rowsOf(slot)) {
      const at = place.get(row)
      if (at !== undefined) slotRows.push(at)
    }
    rowStart.push(slotRows.length)
  }
  return { rows: Int32Array.from(rows), rowStart: Int32Array.from(rowStart), slotRows: Int32Array.from(slotRows) }
}

function choicesOf(
  problem: Problem,
  requests: readonly number[],
  slots: readonly number[],
  holder: readonly number[],
  upper: readonly number[],
): Choices {
  const { slice, providers } = problem
  const start = [0]
  const first: number[] = []
  const second: number[] = []
  const firstHours: number[] = []
  const secondHours: number[] = []
  const low: number[] = []
  const add = (a: number, b: number, hoursA: number, hoursB: number, isLow: boolean) => {
    first.push(a)
    second.push(b)
    firstHours.push(hoursA)
    secondHours.push(hoursB)
    low.push(isLow ? 1 : 0)
  }
  let begin = 0
  requests.forEach((request, place) => {
    let end = begin
    while (end < slots.length && holder[end] === place) end += 1
    for (let a = begin; a < end && providers[request]! > 0; a += 1) {
      const [leastA, mostA] = [slice[slots[a]!]!, upper[a]!]
      add(a, -1, mostA, 0, false)
      add(a, -1, Math.min(leastA, mostA), 0, true)
      for (let b = a + 1; b < end && providers[request]! > 1; b += 1) {
        const [leastB, mostB] = [slice[slots[b]!]!, upper[b]!]
        const room = together(problem, request, slots[a]!, slots[b]!)
        if (leastA + leastB > room + tolerance) continue
        const highA = Math.min(mostA, Math.max(leastA, room - leastB))
        const highB = Math.min(mostB, Math.max(leastB, room - leastA))
        add(a, b, highA, Math.min(mostB, Math.max(leastB, room - highA)), false)
        if (mostA + mostB > room) add(a, b, Math.min(mostA, Math.max(leastA, room - highB)), highB, false)
        add(a, b, leastA, leastB, true)
        add(a, b, highA, leastB, true)
        add(a, b, leastA, highB, true)
      }
    }
    begin = end
    start.push(first.length)
  })
  return {
    start: Int32Array.from(start),
    first: Int32Array.from(first),
    second: Int32Array.from(second),
    firstHours: Float64Array.from(firstHours),
    secondHours: Float64Array.from(secondHours),
    low: Uint8Array.from(low),
  }
}

/** The most two slots of a request may have together: the least demand in the weeks they share, infinite when they share none. */
function together(problem: Problem, request: number, a: number, b: number): number {
  const { slotWeeks, words, termStart, levelStart, levelHours, levelWeeks } = problem
  let least = Infinity
  const term = termStart[request]!
  for (let level = levelStart[term]!; level < levelStart[term + 1]!; level += 1) {
    const shared = meetAll(slotWeeks, a * words, slotWeeks, b * words, levelWeeks, level * words, words)
    if (shared) least = Math.min(least, levelHours[level]!)
  }
  return least
}
