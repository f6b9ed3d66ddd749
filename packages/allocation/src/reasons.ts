import { rounded } from './assignments.ts'
import {
  type Assignment,
  type Market,
  type Offer,
  type Pair,
  type Reason,
  type Request,
  type Segment,
  type Unmet,
} from './market.ts'

/** Fewer hours per week than this are not missing. */
const nothing = 1e-7
/** Fewer hours per week than this could not be given: they are what the arithmetic left. */
const smallest = 1e-5

/** What an offer could give a request more of in the weeks they share, had the request a provider to spare. */
type Trial = Readonly<{
  /** The weeks they share, but for those that locked assignments use up. */
  shared: ReadonlySet<number>
  /** Weeks they share in which the offer is locked to others. */
  lockedAway: ReadonlySet<number>
  /** The weeks in which the offer has more than it gives this request. */
  more: ReadonlySet<number>
  /** Hours per week that could be placed. */
  room: number
  /** The same, were no other request on the offer. */
  roomAlone: number
  /** The same, were no other offer for the request either. */
  roomAtAll: number
  /** The fewest hours per week that make sense. */
  least: number
  /** Whether the offer provides already or the request may have one provider more. */
  allowed: boolean
}>

/** The offers that may serve a request, and those of which it was decided by hand what they give it, or that it is nothing. */
type Tried = Readonly<{ open: readonly Trial[]; locked: readonly Trial[]; excluded: readonly Trial[] }>

/**
 * Why hours are not met, found by trying to place them beside the assignments of the plan. Every week of a request takes the first
 * reason that is true of it, in the order of `because`.
 */
export function reasonsOf(market: Market, assignments: readonly Assignment[], byTerm: boolean): Unmet[] {
  const { weeks, requests, offers, maxProviders = 2, locked = [], excluded = [] } = market
  const offerAt = new Map(offers.map(({ id }, at) => [id, at]))
  const capacity = new Float64Array(offers.length * weeks)
  offers.forEach((offer, at) => add(capacity, at * weeks, offer.capacity, 1))
  const beside = (rows: readonly Assignment[]) => {
    const hours = capacity.slice()
    for (const row of rows) add(hours, (offerAt.get(row.offer) ?? 0) * weeks, [row], -1)
    return hours
  }
  const [unlocked, offerLeft] = [beside(locked), beside(assignments)]
  const given = Map.groupBy(assignments, ({ request }) => request)
  const edges = Map.groupBy(market.edges, ({ request }) => request)
  const ruledOut = Map.groupBy(excluded, ({ request }) => request)
  const locks = Map.groupBy(locked, ({ request }) => request)
  const [left, wanted] = [new Float64Array(weeks), new Float64Array(weeks)]

  const unmet: Unmet[] = []
  for (const request of requests) {
    const rows = given.get(request.id) ?? []
    for (const [hours, some] of [
      [left, rows],
      [wanted, locks.get(request.id) ?? []],
    ] as const) {
      hours.fill(0)
      add(hours, 0, request.demand, 1)
      add(hours, 0, some, -1)
    }
    const hours = new Map<Reason, number>()
    let ifByTerm = 0
    for (const term of byTerm ? request.demand.map((segment) => [segment]) : [request.demand]) {
      let trials: Tried | undefined
      for (const segment of term) {
        let inTerm: Tried | undefined
        for (let week = segment.fromWeek; week < segment.toWeek; week += 1) {
          if (left[week]! <= nothing) continue
          trials ??= tryAll(request, term, rows)
          const reason = because(week, trials)
          if (reason === 'period' && term.length > 1) {
            inTerm ??= tryAll(request, [segment], rows)
            if (inTerm.open.some((one) => fits(week, one))) ifByTerm += left[week]!
          }
          hours.set(reason, (hours.get(reason) ?? 0) + left[week]!)
        }
      }
    }
    for (const [reason, sum] of hours) {
      const some = reason === 'period' && ifByTerm > 0 ? { byTerm: rounded(ifByTerm) } : {}
      unmet.push({ request: request.id, hours: rounded(sum), reason, ...some })
    }
  }
  return unmet

  function tryAll(request: Request, term: readonly Segment[], rows: readonly Assignment[]): Tried {
    const providers = new Set(rows.map(({ offer }) => offer))
    const byHand = new Set(locks.get(request.id)?.map(({ offer }) => offer))
    const trial = ({ offer, apart = [] }: Pick<Pair, 'offer' | 'apart'>): Trial[] => {
      const at = offerAt.get(offer) ?? 0
      const gives = offers[at]
      const own = rows.filter((row) => row.offer === offer)
      const allowed = own.length > 0 || providers.size < maxProviders
      return gives ? [tryOne(request, gives, term, own, at, allowed, apart)] : []
    }
    const pairs = edges.get(request.id) ?? []
    return {
      open: pairs.flatMap((pair) => (byHand.has(pair.offer) ? [] : trial(pair))),
      locked: [...byHand].flatMap((offer) => trial(pairs.find((pair) => pair.offer === offer) ?? { offer })),
      excluded: (ruledOut.get(request.id) ?? []).flatMap(trial),
    }
  }

  function tryOne(
    request: Request,
    offer: Offer,
    term: readonly Segment[],
    own: readonly Assignment[],
    at: number,
    allowed: boolean,
    apart: readonly number[],
  ): Trial {
    const [shared, lockedAway, more] = [new Set<number>(), new Set<number>(), new Set<number>()]
    let [room, roomAlone, roomAtAll, has] = [Infinity, Infinity, Infinity, false]
    for (const asked of term) {
      for (let week = asked.fromWeek; week < asked.toWeek; week += 1) {
        const all = capacity[at * weeks + week]!
        if (asked.hoursPerWeek <= 0 || all <= 0 || apart.includes(week)) continue
        let mine = 0
        for (const row of own) if (row.fromWeek <= week && week < row.toWeek) mine += row.hoursPerWeek
        if (mine === 0 && unlocked[at * weeks + week]! <= smallest) lockedAway.add(week)
        else if (mine > 0 || wanted[week]! > smallest) {
          shared.add(week)
          if (mine > 0) has = true
          if (all - mine > smallest) more.add(week)
          room = Math.min(room, offerLeft[at * weeks + week]!, left[week]!)
          roomAlone = Math.min(roomAlone, all - mine, left[week]!)
          roomAtAll = Math.min(roomAtAll, all - mine, asked.hoursPerWeek - mine)
        }
      }
    }
    const least = has ? 0 : Math.max(offer.minimumSlice, request.minimumSlice)
    return { shared, lockedAway, more, room, roomAlone, roomAtAll, least, allowed }
  }
}

/** Whether more can be placed as it is, in this week among others. */
function fits(week: number, { shared, room, least, allowed }: Trial): boolean {
  return allowed && shared.has(week) && room > smallest && room >= least
}

function because(week: number, { open, locked, excluded }: Tried): Reason {
  const here = open.filter(({ shared }) => shared.has(week))
  const some = here.filter(({ room }) => room > smallest)
  if (some.some(({ room, least, allowed }) => room >= least && !allowed)) return 'too-many-providers'
  if (some.length > 0) return 'slice-too-small'
  const taken = here.filter(({ roomAlone }) => roomAlone > smallest)
  const reaches = (hours: number, { least }: Trial) => hours > smallest && hours >= least - smallest
  if (
    taken.some((one) => reaches(one.roomAlone, one)) ||
    [...open, ...locked].some(({ lockedAway }) => lockedAway.has(week))
  )
    return 'taken-by-others'
  if (taken.length > 0) return 'slice-too-small'
  const hasMore = ({ more }: Trial) => more.has(week)
  if ([...locked, ...excluded].some((one) => hasMore(one) && reaches(one.roomAtAll, one))) return 'decided'
  const offered = [...open, ...locked]
  if (offered.some(hasMore)) return 'period'
  return offered.length > 0 && !offered.some(({ shared }) => shared.has(week)) ? 'period' : 'no-offer'
}

/** Adds the hours of the segments to the weeks from a place on. */
function add(weekly: Float64Array, at: number, segments: readonly Segment[], sign: number): void {
  for (const { fromWeek, toWeek, hoursPerWeek } of segments) {
    for (let week = fromWeek; week < toWeek; week += 1) weekly[at + week]! += sign * hoursPerWeek
  }
}
