import { tolerance } from './calendar.ts'
import { type Part } from './part.ts'
import { mostOf } from './simplex.ts'

/** Per slot of the part its hours per week, per row what one more hour in it would be worth, and what all is worth. */
export type Settled = Readonly<{ hours: Float64Array; price: Float64Array; worth: number }>

/**
 * The best hours for a part once it is known which of its slots are used, in their order and at most two of a request. Undefined
 * where the least they can live with does not fit beside each other.
 */
export function settle(
  { slots, holder, upper, slice, together, rowStart, slotRows, capacity }: Part,
  gain: Float64Array,
  used: readonly number[],
): Settled | undefined {
  const inRow = new Map<number, number[]>()
  const sums: { columns: number[]; limit: number; row: number }[] = []
  used.forEach((slot, column) => {
    for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1) {
      const row = slotRows[at]!
      const columns = inRow.get(row)
      if (columns) columns.push(column)
      else inRow.set(row, [column])
    }
    const last = used[column - 1]
    if (last === undefined || holder[last] !== holder[slot]) return
    sums.push({ columns: [column - 1, column], limit: together(last, slot), row: -1 })
  })
  for (const [row, columns] of inRow) sums.push({ columns, limit: capacity[row]!, row })
  const sumOf = (columns: readonly number[], of: Float64Array) => columns.reduce((sum, at) => sum + of[used[at]!]!, 0)
  if (sums.some(({ columns, limit }) => sumOf(columns, slice) > limit + tolerance)) return undefined
  const scarce = sums.filter(({ columns, limit }) => sumOf(columns, upper) > limit)
  const of = (values: Float64Array) => Float64Array.from(used, (slot) => values[slot]!)
  const best = mostOf({ gain: of(gain), lower: of(slice), upper: of(upper), sums: scarce })
  const hours = new Float64Array(slots.length)
  const price = new Float64Array(capacity.length)
  used.forEach((slot, column) => (hours[slot] = best.columns[column]!))
  scarce.forEach(({ row }, at) => row >= 0 && (price[row] = best.price[at]!))
  return { hours, price, worth: used.reduce((sum, slot) => sum + gain[slot]! * hours[slot]!, 0) }
}
