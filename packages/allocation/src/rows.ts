import { hasWeek } from './weeks.ts'

/**
 * The capacity constraints: a row is a stretch of an offer's weeks in which the same slots draw on the same capacity. A row whose
 * slots all draw on a neighbour that has no more capacity says nothing new and is left out, and so is one that cannot run short.
 */
export type Rows = Readonly<{
  /** Per row. */
  rowCapacity: Float64Array
  /** Per slot, one longer: where its rows begin in `slotRows`. */
  rowStart: Int32Array
  slotRows: Int32Array
}>

type Row = { capacity: number; slots: number[] }

export function rowsOf(market: {
  slotEdge: Int32Array
  slotWeeks: Int32Array
  upper: Float64Array
  /** Per edge. */
  offer: Int32Array
  /** Per offer and week. */
  capacity: Float64Array
  calendarWeeks: number
  offers: number
  words: number
}): Rows {
  const { slotEdge, upper, offer, offers } = market
  const slotCount = slotEdge.length
  const slotsOf: number[][] = Array.from({ length: offers }, () => [])
  for (let slot = 0; slot < slotCount; slot += 1) {
    if (upper[slot]! > 0) slotsOf[offer[slotEdge[slot]!]!]?.push(slot)
  }
  const capacities: number[] = []
  const members: number[][] = []
  slotsOf.forEach((slots, o) => {
    for (const row of withoutDominated(stretches(market, slots, o))) {
      let most = 0
      for (const slot of row.slots) most += upper[slot]!
      if (most <= row.capacity) continue
      capacities.push(row.capacity)
      members.push(row.slots)
    }
  })
  const rowStart = new Int32Array(slotCount + 1)
  for (const slots of members) for (const slot of slots) rowStart[slot + 1]! += 1
  for (let slot = 0; slot < slotCount; slot += 1) rowStart[slot + 1]! += rowStart[slot]!
  const next = rowStart.slice()
  const slotRows = new Int32Array(rowStart[slotCount]!)
  members.forEach((slots, row) => {
    for (const slot of slots) {
      slotRows[next[slot]!] = row
      next[slot]! += 1
    }
  })
  return { rowCapacity: Float64Array.from(capacities), rowStart, slotRows }
}

/** The weeks of an offer, cut wherever its capacity or the slots that draw on it change. */
function stretches(
  { slotWeeks, capacity, calendarWeeks, words }: Parameters<typeof rowsOf>[0],
  slots: readonly number[],
  offer: number,
): Row[] {
  const rows: Row[] = []
  for (let week = 0; week < calendarWeeks; week += 1) {
    const hours = capacity[offer * calendarWeeks + week]!
    const drawing: number[] = []
    for (const slot of slots) if (hasWeek(slotWeeks, slot * words, week)) drawing.push(slot)
    if (drawing.length === 0) continue
    const last = rows.at(-1)
    if (last && last.capacity === hours && sameSlots(last.slots, drawing)) continue
    rows.push({ capacity: hours, slots: drawing })
  }
  return rows
}

function withoutDominated(rows: Row[]): Row[] {
  const kept: Row[] = []
  for (const row of rows) {
    for (let last = kept.at(-1); last && dominates(row, last); last = kept.at(-1)) kept.pop()
    const last = kept.at(-1)
    if (!last || !dominates(last, row)) kept.push(row)
  }
  return kept
}

function dominates(one: Row, other: Row): boolean {
  if (one.capacity > other.capacity || one.slots.length < other.slots.length) return false
  let at = 0
  for (const slot of other.slots) {
    while (at < one.slots.length && one.slots[at]! < slot) at += 1
    if (one.slots[at] !== slot) return false
  }
  return true
}

function sameSlots(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((slot, at) => slot === other[at])
}
