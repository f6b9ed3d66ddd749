/** Columns within bounds, and limits to the sum of some of them. What is `lower` must fit within every limit. */
type Program = Readonly<{
  gain: Float64Array
  lower: Float64Array
  upper: Float64Array
  sums: readonly Readonly<{ columns: readonly number[]; limit: number }>[]
}>

/** What comes of rounding. */
const nothing = 1e-11
/** So many steps for every column and every sum, and no more. */
const patience = 20

/**
 * The columns that are worth most together, and what one more in each sum would be worth: a primal simplex with bounded columns on a
 * dense tableau, for some hundred of each. Should it not end in time, what it has is within all bounds all the same.
 */
export function mostOf({ gain, lower, upper, sums }: Program): { columns: Float64Array; price: Float64Array } {
  const n = gain.length
  const m = sums.length
  // Every column is counted from its lower bound, a turned one from its upper bound downwards.
  const left = Float64Array.from(sums, ({ columns, limit }) =>
    Math.max(
      0,
      columns.reduce((rest, at) => rest - lower[at]!, limit),
    ),
  )
  const table = sums.map(({ columns }) => {
    const row = new Float64Array(n)
    for (const at of columns) row[at] = 1
    return row
  })
  const worth = gain.slice()
  // What stands in a place: a column below n, or the slack of a row.
  const outside = Int32Array.from({ length: n }, (_, at) => at)
  const inside = Int32Array.from({ length: m }, (_, at) => n + at)
  const width = (what: number) => (what < n ? upper[what]! - lower[what]! : Infinity)
  const turned = new Uint8Array(n)
  const steps = patience * (n + m)

  for (let step = 0; step < steps; step += 1) {
    const enters = entering(step)
    if (enters < 0) break
    let room = width(outside[enters]!)
    let leaves = -1
    let atTop = false
    for (let row = 0; row < m; row += 1) {
      const slope = table[row]![enters]!
      if (Math.abs(slope) <= nothing) continue
      const far = slope > 0 ? left[row]! / slope : (width(inside[row]!) - left[row]!) / -slope
      if (far >= room - (leaves >= 0 && inside[row]! < inside[leaves]! ? -nothing : nothing)) continue
      room = Math.max(0, far)
      leaves = row
      atTop = slope < 0
    }
    if (leaves < 0) {
      turn(enters)
      continue
    }
    if (atTop) {
      left[leaves] = width(inside[leaves]!) - left[leaves]!
      const row = table[leaves]!
      for (let at = 0; at < n; at += 1) row[at] = -row[at]!
      turned[inside[leaves]!]! ^= 1
    }
    pivot(leaves, enters)
  }

  const columns = new Float64Array(n)
  for (let row = 0; row < m; row += 1) if (inside[row]! < n) columns[inside[row]!] = left[row]!
  for (let at = 0; at < n; at += 1) {
    const given = turned[at] === 1 ? width(at) - columns[at]! : columns[at]!
    columns[at] = lower[at]! + Math.min(width(at), Math.max(0, given))
  }
  const price = new Float64Array(m)
  for (let at = 0; at < n; at += 1) if (outside[at]! >= n) price[outside[at]! - n] = Math.max(0, -worth[at]!)
  return { columns, price }

  /** The best of what would be worth more, or the first where steps are many and may go in circles; −1 when there is none. */
  function entering(step: number): number {
    let found = -1
    let most = 1e-10
    const first = step > steps / 2
    for (let at = 0; at < n; at += 1) {
      if (worth[at]! <= most) continue
      found = at
      if (first) break
      most = worth[at]!
    }
    return found
  }

  /** Takes a column outside to its other bound. */
  function turn(at: number): void {
    const far = width(outside[at]!)
    for (let row = 0; row < m; row += 1) {
      left[row] = Math.max(0, left[row]! - table[row]![at]! * far)
      table[row]![at]! *= -1
    }
    worth[at]! *= -1
    turned[outside[at]!]! ^= 1
  }

  function pivot(leaves: number, enters: number): void {
    const row = table[leaves]!
    const by = 1 / row[enters]!
    for (let at = 0; at < n; at += 1) row[at]! *= by
    row[enters] = by
    left[leaves]! *= by
    for (let other = 0; other < m; other += 1) {
      const factor = table[other]![enters]!
      if (other === leaves || factor === 0) continue
      const target = table[other]!
      for (let at = 0; at < n; at += 1) target[at]! -= factor * row[at]!
      target[enters] = -factor * by
      left[other] = Math.max(0, left[other]! - factor * left[leaves]!)
    }
    const factor = worth[enters]!
    for (let at = 0; at < n; at += 1) worth[at]! -= factor * row[at]!
    worth[enters] = -factor * by
    const out = inside[leaves]!
    inside[leaves] = outside[enters]!
    outside[enters] = out
  }
}
