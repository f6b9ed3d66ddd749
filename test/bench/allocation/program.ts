import { type Market, type Segment } from '@samkraft/allocation'

/** A linear program in the making: maximise the cost of the columns within the rows. */
export class Program {
  readonly cost: number[] = []
  readonly lower: number[] = []
  readonly upper: number[] = []
  readonly rowLower: number[] = []
  readonly rowUpper: number[] = []
  readonly starts: number[] = [0]
  readonly indices: number[] = []
  readonly values: number[] = []
  readonly whole: number[] = []

  column(cost: number, upper: number, whole = false): number {
    this.lower.push(0)
    this.upper.push(upper)
    this.whole.push(whole ? 1 : 0)
    return this.cost.push(cost) - 1
  }

  row(terms: Iterable<readonly [column: number, value: number]>, lower: number, upper: number): void {
    for (const [column, value] of terms) {
      this.indices.push(column)
      this.values.push(value)
    }
    this.starts.push(this.indices.length)
    this.rowLower.push(lower)
    this.rowUpper.push(upper)
  }
}

/** Per edge that can be used at all: its column, the hours per week it can have, in how many weeks, and for whom. */
export type Use = Readonly<{
  request: string
  offer: string
  column: number
  score: number
  most: number
  least: number
  weeks: number
  party: string
}>

/**
 * The market as a program, built from the market alone: hours per week of every edge, capacity and demand in every stretch of weeks.
 * `exact` adds what makes it the true problem: a yes or no per edge, for its slice and for the number of providers; without it,
 * Σ x/u ≤ K stands for those.
 */
export function programOf(market: Market, exact: boolean): { program: Program; uses: Use[] } {
  const program = new Program()
  const demandOf = new Map(market.requests.map((request) => [request.id, request]))
  const capacityOf = new Map(market.offers.map((offer) => [offer.id, offer]))
  const ofRequest = new Map<string, [column: number, value: number][]>()
  const draws = new Map<string, { column: number; from: number; to: number }[]>()
  const uses: Use[] = []
  for (const { request, offer, score } of market.edges) {
    const asks = demandOf.get(request)
    const gives = capacityOf.get(offer)
    if (!asks || !gives) continue
    const from = Math.max(first(asks.demand), first(gives.capacity))
    const to = Math.min(last(asks.demand), last(gives.capacity))
    const most = Math.min(least(asks.demand, from, to), least(gives.capacity, from, to))
    const slice = Math.max(asks.minimumSlice, gives.minimumSlice)
    if (from >= to || most < slice) continue
    const column = program.column(score * (to - from), most)
    uses.push({ request, offer, column, score, most, least: slice, weeks: to - from, party: asks.party })
    for (const key of [`request ${request}`, `offer ${offer}`]) {
      draws.set(key, [...(draws.get(key) ?? []), { column, from, to }])
    }
    let part: [number, number] = [column, 1 / most]
    if (exact) {
      const chosen = program.column(0, 1, true)
      program.row([[column, 1], [chosen, -most]], -Infinity, 0) // prettier-ignore
      program.row([[column, 1], [chosen, -slice]], 0, Infinity) // prettier-ignore
      part = [chosen, 1]
    }
    ofRequest.set(request, [...(ofRequest.get(request) ?? []), part])
  }
  for (const { id, demand } of market.requests) limit(program, demand, draws.get(`request ${id}`) ?? [])
  for (const { id, capacity } of market.offers) limit(program, capacity, draws.get(`offer ${id}`) ?? [])
  for (const parts of ofRequest.values()) program.row(parts, -Infinity, market.maxProviders ?? 2)
  return { program, uses }
}

/** One row per stretch of weeks in which the same columns draw on the same hours; those that say nothing new are left out. */
function limit(
  program: Program,
  segments: readonly Segment[],
  drawing: readonly { column: number; from: number; to: number }[],
) {
  const rows: { hours: number; columns: Set<number> }[] = []
  for (const { fromWeek, toWeek, hoursPerWeek } of segments) {
    const cuts = new Set([fromWeek, ...drawing.flatMap(({ from, to }) => [from, to])])
    for (const week of [...cuts].filter((at) => fromWeek <= at && at < toWeek).sort((a, b) => a - b)) {
      const columns = new Set(drawing.filter(({ from, to }) => from <= week && week < to).map(({ column }) => column))
      if (columns.size > 0) rows.push({ hours: hoursPerWeek, columns })
    }
  }
  const needed = rows.filter(
    (row, at) =>
      !rows.some(
        (other, place) =>
          place !== at &&
          other.hours <= row.hours &&
          row.columns.isSubsetOf(other.columns) &&
          (place < at || other.hours < row.hours || other.columns.size > row.columns.size),
      ),
  )
  for (const { hours, columns } of needed)
    program.row(
      [...columns].map((column) => [column, 1] as const),
      -Infinity,
      hours,
    )
}

function first(segments: readonly Segment[]): number {
  return Math.min(...segments.map(({ fromWeek }) => fromWeek))
}

function last(segments: readonly Segment[]): number {
  return Math.max(...segments.map(({ toWeek }) => toWeek))
}

/** The fewest hours per week in any week of the stretch. */
function least(segments: readonly Segment[], from: number, to: number): number {
  const hours = segments.filter(({ fromWeek, toWeek }) => fromWeek < to && from < toWeek)
  return Math.min(...hours.map(({ hoursPerWeek }) => hoursPerWeek))
}
