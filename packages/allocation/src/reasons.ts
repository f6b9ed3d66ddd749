import { rounded } from './assignments.ts'
import {
  type Assignment,
  type Market,
  type Offer,
  type Reason,
  type Request,
  type Segment,
  type Unmet,
} from './market.ts'

/** Fewer hours per week than this are none. */
const smallest = 1e-7

/** What an offer could give a request more of in the weeks they share, had the request a provider to spare. */
type Trial = Readonly<{
  /** The weeks they share, as stretches. */
  shared: readonly Readonly<{ fromWeek: number; toWeek: number }>[]
  /** Hours per week that could be placed. */
  room: number
  /** The same, were no other request on the offer. */
  roomAlone: number
  /** The fewest hours per week that make sense. */
  least: number
  /** Whether the offer provides already or the request may have one provider more. */
  allowed: boolean
  /** Whether the request wants more in every week they share. */
  wanted: boolean
}>

/**
 * Why hours are not met, found by trying to place them beside the assignments of the plan. Every week of a request takes the first
 * reason that is true of it, in the order of `because`.
 */
export function reasonsOf(market: Market, assignments: readonly Assignment[], byTerm: boolean): Unmet[] {
  const { weeks, requests, offers, maxProviders = 2, locked = [] } = market
  const offerAt = new Map(offers.map(({ id }, at) => [id, at]))
  const offerLeft = new Float64Array(offers.length * weeks)
  offers.forEach(({ capacity }, at) => add(offerLeft, at * weeks, capacity, 1))
  for (const row of assignments) add(offerLeft, (offerAt.get(row.offer) ?? 0) * weeks, [row], -1)
  const given = Map.groupBy(assignments, ({ request }) => request)
  const edges = Map.groupBy(market.edges, ({ request }) => request)
  const left = new Float64Array(weeks)

  const unmet: Unmet[] = []
  for (const request of requests) {
    const rows = given.get(request.id) ?? []
    left.fill(0)
    add(left, 0, request.demand, 1)
    add(left, 0, rows, -1)
    const hours = new Map<Reason, number>()
    for (const term of byTerm ? request.demand.map((segment) => [segment]) : [request.demand]) {
      let trials: Trial[] | undefined
      for (const { fromWeek, toWeek } of term) {
        for (let week = fromWeek; week < toWeek; week += 1) {
          if (left[week]! <= smallest) continue
          trials ??= tryAll(request, term, rows)
          const reason = because(week, trials)
          hours.set(reason, (hours.get(reason) ?? 0) + left[week]!)
        }
      }
    }
    for (const [reason, sum] of hours) unmet.push({ request: request.id, hours: rounded(sum), reason })
  }
  return unmet

  function tryAll(request: Request, term: readonly Segment[], rows: readonly Assignment[]): Trial[] {
    const providers = new Set(rows.map(({ offer }) => offer))
    const trials: Trial[] = []
    for (const { offer } of edges.get(request.id) ?? []) {
      const at = offerAt.get(offer) ?? 0
      const gives = offers[at]
      const decided = locked.some((row) => row.request === request.id && row.offer === offer)
      if (!gives || decided) continue
      const own = rows.filter((row) => row.offer === offer)
      trials.push(tryOne(request, gives, term, own, at, own.length > 0 || providers.size < maxProviders))
    }
    return trials
  }

  function tryOne(
    request: Request,
    offer: Offer,
    term: readonly Segment[],
    own: readonly Assignment[],
    at: number,
    allowed: boolean,
  ): Trial {
    const shared: { fromWeek: number; toWeek: number }[] = []
    let [room, roomAlone, wanted, has] = [Infinity, Infinity, true, false]
    for (const asked of term) {
      for (const open of offer.capacity) {
        const fromWeek = Math.max(asked.fromWeek, open.fromWeek)
        const toWeek = Math.min(asked.toWeek, open.toWeek)
        if (fromWeek >= toWeek || asked.hoursPerWeek <= 0 || open.hoursPerWeek <= 0) continue
        shared.push({ fromWeek, toWeek })
        for (let week = fromWeek; week < toWeek; week += 1) {
          let mine = 0
          for (const row of own) if (row.fromWeek <= week && week < row.toWeek) mine += row.hoursPerWeek
          if (mine > 0) has = true
          if (left[week]! <= smallest) wanted = false
          room = Math.min(room, offerLeft[at * weeks + week]!, left[week]!)
          roomAlone = Math.min(roomAlone, open.hoursPerWeek - mine, left[week]!)
        }
      }
    }
    const least = has ? 0 : Math.max(offer.minimumSlice, request.minimumSlice)
    return { shared, room, roomAlone, least, allowed, wanted }
  }
}

function because(week: number, trials: readonly Trial[]): Reason {
  if (trials.length === 0) return 'no-offer'
  const here = trials.filter(({ shared }) => shared.some(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek))
  if (here.length === 0) return 'period'
  const some = here.filter(({ room }) => room > smallest)
  if (some.some(({ room, least, allowed }) => room >= least && !allowed)) return 'too-many-providers'
  if (some.length > 0) return 'slice-too-small'
  if (here.some(({ roomAlone }) => roomAlone > smallest)) return 'taken-by-others'
  return here.some(({ wanted }) => wanted) ? 'no-offer' : 'period'
}

/** Adds the hours of the segments to the weeks from a place on. */
function add(weekly: Float64Array, at: number, segments: readonly Segment[], sign: number): void {
  for (const { fromWeek, toWeek, hoursPerWeek } of segments) {
    for (let week = fromWeek; week < toWeek; week += 1) weekly[at + week]! += sign * hoursPerWeek
  }
}
