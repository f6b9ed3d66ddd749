import { rounded } from './assignments.ts'
import { type Assignment, type Market, type Reason, type Request, type Segment, type Unmet } from './market.ts'

/**
 * Why hours are not met, found by trying to place them beside the assignments of the plan. Every stretch of weeks of a request
 * takes the first reason that is true of it, in the order of `because`.
 */
export function reasonsOf(market: Market, assignments: readonly Assignment[], byTerm: boolean): Unmet[] {
  const { weeks, maxProviders = 2 } = market
  const smallest = 1e-7
  const offers = new Map(market.offers.map((offer) => [offer.id, { ...offer, left: weekly(offer.capacity, weeks) }]))
  const locked = new Set(market.locked?.map(({ request, offer }) => `${request} ${offer}`))
  const edges = Map.groupBy(
    market.edges.filter(({ request, offer }) => !locked.has(`${request} ${offer}`)),
    ({ request }) => request,
  )
  const given = Map.groupBy(assignments, ({ request }) => request)
  for (const { offer, fromWeek, toWeek, hoursPerWeek } of assignments) {
    const left = offers.get(offer)?.left
    for (let week = fromWeek; left && week < toWeek; week += 1) left[week]! -= hoursPerWeek
  }

  const unmet: Unmet[] = []
  for (const request of [...market.requests].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const rows = given.get(request.id) ?? []
    const left = weekly(request.demand, weeks)
    for (const row of rows) for (let week = row.fromWeek; week < row.toWeek; week += 1) left[week]! -= row.hoursPerWeek
    const hours = new Map<Reason, number>()
    for (const term of byTerm ? request.demand.map((segment) => [segment]) : [request.demand]) {
      const missing = weeksOf(term).filter((week) => left[week]! > smallest)
      if (missing.length === 0) continue
      const tried = candidates(request, term, left)
      for (const week of missing) {
        const reason = because(week, edges.has(request.id), tried)
        hours.set(reason, (hours.get(reason) ?? 0) + left[week]!)
      }
    }
    for (const [reason, sum] of hours) unmet.push({ request: request.id, hours: rounded(sum), reason })
  }
  return unmet

  /** What every offer of a request could give it more of, had the request a provider to spare. */
  function candidates({ id, minimumSlice }: Request, term: readonly Segment[], left: Float64Array) {
    const demand = weekly(term, weeks)
    const rows = given.get(id) ?? []
    const providers = new Set(rows.map(({ offer }) => offer))
    return (edges.get(id) ?? []).flatMap((edge) => {
      const offer = offers.get(edge.offer)
      if (!offer) return []
      const capacity = weekly(offer.capacity, weeks)
      const shared = weeksOf(term).filter((week) => demand[week]! > 0 && capacity[week]! > 0)
      if (shared.length === 0) return []
      const own = new Float64Array(weeks)
      for (const row of rows) {
        if (row.offer === edge.offer) own.fill(row.hoursPerWeek, row.fromWeek, row.toWeek)
      }
      const has = shared.some((week) => own[week]! > 0)
      const needed = has ? 0 : Math.max(offer.minimumSlice, minimumSlice)
      const room = Math.min(...shared.map((week) => Math.min(offer.left[week]!, left[week]!)))
      const unshared = Math.min(...shared.map((week) => Math.min(capacity[week]! - own[week]!, left[week]!)))
      const wanted = shared.every((week) => left[week]! > smallest)
      const spare = providers.has(edge.offer) || providers.size < maxProviders
      return [{ shared: new Set(shared), room, unshared, needed, spare, wanted }]
    })
  }

  function because(week: number, offered: boolean, tried: ReturnType<typeof candidates>): Reason {
    if (!offered) return 'no-offer'
    const here = tried.filter(({ shared }) => shared.has(week))
    if (here.length === 0) return 'period'
    const some = here.filter(({ room }) => room > smallest)
    if (some.some(({ room, needed, spare }) => room >= needed && !spare)) return 'too-many-providers'
    if (some.length > 0) return 'slice-too-small'
    if (here.some(({ unshared }) => unshared > smallest)) return 'taken-by-others'
    return here.some(({ wanted }) => wanted) ? 'no-offer' : 'period'
  }
}

function weekly(segments: readonly Segment[], weeks: number): Float64Array {
  const hours = new Float64Array(weeks)
  for (const { fromWeek, toWeek, hoursPerWeek } of segments) hours.fill(hoursPerWeek, fromWeek, toWeek)
  return hours
}

function weeksOf(segments: readonly Segment[]): number[] {
  return segments.flatMap(({ fromWeek, toWeek }) => Array.from({ length: toWeek - fromWeek }, (_, at) => fromWeek + at))
}
