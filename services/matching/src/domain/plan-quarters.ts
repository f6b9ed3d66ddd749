import { type Assignment, judge, type Market, type Plan, type Policy, type Reason } from '@samkraft/allocation'
import { hoursOf } from './plan-figures.ts'

const quarter = 0.25
/** What is a whisker below a quarter in binary is that quarter. */
const whisker = 1e-6

/** Why hours are unmet in a plan of quarters: `same-hours` if they could be given once hours may differ between terms, `rounded` if quarters took them. */
type RoundedReason = Reason | 'same-hours' | 'rounded'
type RoundedUnmet = Readonly<{ request: string; hours: number; reason: RoundedReason }>

export type RoundedPlan = Omit<Plan, 'unmet'> & Readonly<{ unmet: readonly RoundedUnmet[] }>

/** Assignments of one pair with the same hours, which stay the same in all its terms; and what rounding took from each week. */
type Share = { assignments: readonly Assignment[]; hoursPerWeek: number; lost: number }

/**
 * The plan in hours people can agree on: whole quarters a week. All are rounded down, so that no limit is passed; what that sets
 * free goes in quarters to those who lost most, as far as offer and request have room. The little that is left is too little for
 * anybody and stays unmet as such. The bound is the engine's own; value and gap are those of the quarters.
 */
export function inQuarters(plan: Plan, market: Market, policy: Policy): RoundedPlan {
  const shares = sharesOf(plan.assignments)
  giveBack(shares, market)
  const assignments = shares.flatMap((share) =>
    share.hoursPerWeek > 0 ? share.assignments.map((one) => ({ ...one, hoursPerWeek: share.hoursPerWeek })) : [],
  )
  assignments.sort(byRequest)
  const { value, coverage } = judge(market, policy, assignments)
  const bound = Math.max(plan.bound, value)
  const gap = bound > 0 ? (bound - value) / bound : 0
  return { ...plan, assignments, unmet: unmetAfter(plan, assignments), value, bound, gap, coverage }
}

function sharesOf(assignments: readonly Assignment[]): Share[] {
  const pairs = Map.groupBy(assignments, ({ request, offer, hoursPerWeek }) => `${request} ${offer} ${hoursPerWeek}`)
  return [...pairs.values()].map((some) => {
    const [{ hoursPerWeek: exact } = { hoursPerWeek: 0 }] = some
    const hoursPerWeek = Math.floor(exact / quarter + whisker) * quarter
    return { assignments: some, hoursPerWeek, lost: exact - hoursPerWeek }
  })
}

function giveBack(shares: readonly Share[], { weeks, offers, requests }: Market): void {
  const room = new Map<string, Float64Array>()
  for (const { id, capacity } of offers) room.set(`offer ${id}`, hoursByWeek(weeks, capacity))
  for (const { id, demand } of requests) room.set(`request ${id}`, hoursByWeek(weeks, demand))
  const sidesOf = ({ request, offer }: Assignment) => [room.get(`offer ${offer}`), room.get(`request ${request}`)]
  const take = ({ assignments }: Share, hours: number) => {
    for (const one of assignments)
      for (const side of sidesOf(one))
        for (let week = one.fromWeek; side && week < one.toWeek; week += 1) side[week] = (side[week] ?? 0) - hours
  }
  const hasRoom = ({ assignments }: Share) =>
    assignments.every((one) =>
      sidesOf(one).every((side) => side?.slice(one.fromWeek, one.toWeek).every((hours) => hours >= quarter - whisker)),
    )
  for (const share of shares) take(share, share.hoursPerWeek)
  const losers = shares.filter(({ lost, hoursPerWeek }) => lost > whisker && hoursPerWeek > 0)
  for (const share of losers.sort((a, b) => b.lost - a.lost)) {
    if (!hasRoom(share)) continue
    take(share, quarter)
    share.hoursPerWeek += quarter
  }
}

function hoursByWeek(
  weeks: number,
  segments: readonly Readonly<{ fromWeek: number; toWeek: number; hoursPerWeek: number }>[],
): Float64Array {
  const hours = new Float64Array(weeks)
  for (const { fromWeek, toWeek, hoursPerWeek } of segments) hours.fill(hoursPerWeek, fromWeek, toWeek)
  return hours
}

/** Of hours that the offers' weeks stand in the way of, those that only must not be the same in all terms are told for themselves. */
function byTermApart({ request, hours, reason, byTerm = 0 }: Plan['unmet'][number]): RoundedUnmet[] {
  return [
    { request, hours: byTerm, reason: 'same-hours' as const },
    { request, hours: hours - byTerm, reason },
  ].filter((one) => one.hours > whisker)
}

/** What a request has lost by rounding is said to be that; what it has gained is missing no more. */
function unmetAfter(plan: Plan, assignments: readonly Assignment[]): RoundedPlan['unmet'] {
  const changed = new Map<string, number>()
  const add = (some: readonly Assignment[], sign: 1 | -1) => {
    for (const one of some) changed.set(one.request, (changed.get(one.request) ?? 0) + sign * hoursOf(one))
  }
  add(plan.assignments, 1)
  add(assignments, -1)
  const unmet = plan.unmet.flatMap(byTermApart).map((one) => {
    const change = changed.get(one.request) ?? 0
    if (change >= 0) return one
    const hours = Math.max(0, one.hours + change)
    changed.set(one.request, change - (hours - one.hours))
    return { ...one, hours }
  })
  const lost = [...changed].map(([request, hours]) => ({ request, hours, reason: 'rounded' as const }))
  return [...unmet, ...lost].filter(({ hours }) => hours > whisker)
}

function byRequest(a: Assignment, b: Assignment): number {
  const [left, right] = [`${a.request} ${a.offer}`, `${b.request} ${b.offer}`]
  return left < right ? -1 : left > right ? 1 : a.fromWeek - b.fromWeek
}
