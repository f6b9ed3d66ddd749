import { type Market, type Policy } from '../src/market.ts'

type Row = { terms: Map<number, number>; most: number }

/** The best value of a small market by trying every choice of edges, and the best hours for each by a simplex of its own. */
export function exactValue(market: Market, policy: Policy): number {
  const { weeks, requests, offers, edges, maxProviders = 2 } = market
  const usable = edges.flatMap((edge) => {
    const asks = requests.find(({ id }) => id === edge.request)
    const gives = offers.find(({ id }) => id === edge.offer)
    if (!asks || !gives) return []
    const both = span(weeks).filter((week) => at(asks.demand, week) > 0 && at(gives.capacity, week) > 0)
    const shared = both.filter((week) => !edge.apart?.includes(week))
    const most = Math.min(...shared.map((week) => Math.min(at(asks.demand, week), at(gives.capacity, week))))
    const least = Math.max(asks.minimumSlice, gives.minimumSlice)
    return shared.length > 0 && most >= least ? [{ ...edge, shared, least, party: asks.party }] : []
  })
  let best = 0
  for (let chosen = 0; chosen < 2 ** usable.length; chosen += 1) {
    const some = usable.filter((_, bit) => (chosen >> bit) % 2 === 1)
    if (requests.some(({ id }) => some.filter(({ request }) => request === id).length > maxProviders)) continue
    const rows: Row[] = []
    for (const week of span(weeks)) {
      for (const [key, thing] of [
        ...requests.map((request) => [request.demand, request.id] as const),
        ...offers.map((offer) => [offer.capacity, offer.id] as const),
      ]) {
        const terms = new Map<number, number>()
        some.forEach(({ request, offer, shared }, column) => {
          if ((request === thing || offer === thing) && shared.includes(week)) terms.set(column, 1)
        })
        if (terms.size > 0) rows.push({ terms, most: at(key, week) })
      }
    }
    const fairness = policy.kind === 'balanced' ? policy.fairness : policy.kind === 'most-help' ? 0 : 1
    const cost = some.map(({ score, shared }) => (fairness === 1 ? 0 : 1 - fairness) * score * shared.length)
    const parties = Map.groupBy(requests, ({ party }) => party)
    let level = -1
    if (fairness === 1) level = cost.push(1) - 1
    for (const [party, own] of parties) {
      const asked = own.reduce(
        (sum, { demand }) => sum + span(weeks).reduce((hours, week) => hours + at(demand, week), 0),
        0,
      )
      if (asked === 0 || fairness === 0) continue
      const terms = new Map<number, number>()
      some.forEach((use, column) => {
        if (use.party === party) terms.set(column, -use.shared.length)
      })
      if (fairness === 1) terms.set(level, asked)
      else {
        for (let rung = 0; rung < 20; rung += 1) {
          const column = cost.push(fairness * (2 - (2 * rung + 1) / 20)) - 1
          terms.set(column, 1)
          rows.push({ terms: new Map([[column, 1]]), most: asked / 20 })
        }
      }
      rows.push({ terms, most: 0 })
    }
    if (level >= 0) rows.push({ terms: new Map([[level, 1]]), most: 1 })
    best = Math.max(best, simplex(cost, rows, some.map(({ least }) => least)) ?? 0) // prettier-ignore
  }
  return best
}

function span(weeks: number): number[] {
  return Array.from({ length: weeks }, (_, week) => week)
}

function at(segments: Market['requests'][number]['demand'], week: number): number {
  return segments.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)?.hoursPerWeek ?? 0
}

/** Maximises cost · x with rows · x ≤ most and x ≥ least (0 where not given); undefined when the least is already too much. Bland's rule. */
function simplex(cost: readonly number[], rows: readonly Row[], least: readonly number[]): number | undefined {
  const columns = cost.length
  const width = columns + rows.length + 1
  const table = rows.map(({ terms, most }, row) => {
    const line = new Float64Array(width)
    let right = most
    for (const [column, value] of terms) {
      line[column] = value
      right -= value * (least[column] ?? 0)
    }
    line[columns + row] = 1
    line[width - 1] = right
    return line
  })
  if (table.some((line) => (line.at(-1) ?? 0) < -1e-9)) return undefined
  const goal = new Float64Array(width)
  cost.forEach((value, column) => (goal[column] = -value))
  const constant = cost.reduce((sum, value, column) => sum + value * (least[column] ?? 0), 0)
  const basis = rows.map((_, row) => columns + row)
  for (;;) {
    const enters = goal.findIndex((value, column) => column < width - 1 && value < -1e-9)
    if (enters < 0) return constant + (goal.at(-1) ?? 0)
    let leaves = -1
    let nearest = Infinity
    table.forEach((line, row) => {
      const value = line[enters] ?? 0
      if (value <= 1e-9) return
      const ratio = Math.max(0, line.at(-1) ?? 0) / value
      if (ratio > nearest + 1e-12 || (ratio > nearest - 1e-12 && (basis[row] ?? 0) > (basis[leaves] ?? Infinity)))
        return
      nearest = ratio
      leaves = row
    })
    const pivot = table[leaves]
    if (!pivot) throw new Error('unbounded')
    const by = pivot[enters] ?? 1
    pivot.forEach((value, column) => (pivot[column] = value / by))
    for (const line of [...table.filter((other) => other !== pivot), goal]) {
      const times = line[enters] ?? 0
      if (times !== 0) line.forEach((value, column) => (line[column] = value - times * (pivot[column] ?? 0)))
    }
    basis[leaves] = enters
  }
}
