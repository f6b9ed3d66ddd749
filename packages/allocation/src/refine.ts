import { treeOf } from './branch.ts'
import { drawFrom } from './draw.ts'
import { slotsByOffer } from './neighbours.ts'
import { inMarket, partOf } from './part.ts'
import { marginsOf, type Prices } from './prices.ts'
import { type Problem } from './problem.ts'
import { type State } from './state.ts'
import { type Subproblem } from './subproblem.ts'

/** What is placed anew together. */
export type Parts = Readonly<{
  /** From so many requests to so many. */
  fewest: number
  widest: number
  /** How many cases may be told apart for each of them. */
  cases: number
  /** How much worse a change may be at first, as a share of what a request is worth on average. */
  heat: number
}>

/** Small parts, of which there are many: a search of its own. */
export const small: Parts = { fewest: 6, widest: 12, cases: 7.5, heat: 0.1 }
/** Large parts, few: to end with, for what small ones cannot find. */
export const large: Parts = { fewest: 12, widest: 20, cases: 40, heat: 0 }

/** From this share of the search on nothing may become worse any more. */
const cold = 0.8
/** How far a slot's worth is moved up or down by chance at first, as a share of it; in half of the tries until then. */
const tilt = 0.3
/** What is given before this share of the search is not worth remembering. */
const early = 0.2
/** What a part takes, counted in steps of the search: so many, and so many for each request of it and case. */
const stepsPerPart = 20
const stepsPerCase = 0.45
/** So many cases at most are told apart between two looks at what has been taken. */
const atOnce = 3

/**
 * Makes a plan better by placing some requests that compete anew, all at once and as well as can be: a tree of cases for their part
 * of the plan. It finds what placing one after another does not, where several give way to each other by a few hours each. Now and
 * then it seeks the best by worths that chance has moved, and for a while it takes what is somewhat worse. Returns the steps taken; the
 * state holds the best plan found.
 */
export function refine(
  problem: Problem,
  subproblem: Subproblem,
  state: State,
  {
    parts: { fewest, widest, cases: casesEach, heat },
    prices: { gain, price },
    random,
    share,
    tell,
    met,
  }: Readonly<{
    parts: Parts
    prices: Prices
    random: () => number
    /** How far it has come after so many steps, from 0; at 1 it ends. */
    share: (steps: number) => number
    /** Hears how many steps have been taken, part by part. */
    tell: (steps: number) => void
    /** Per slot: marked when a request is given it, but for the beginning. */
    met: Uint8Array
  }>,
): number {
  const { edgeStart, requestIds, upper } = problem
  const { hours } = state
  const margin = new Float64Array(gain.length)
  marginsOf(problem, gain, price, margin)
  const unused = new Float64Array(gain.length)
  const ideal = Float64Array.from(requestIds, (_, request) => subproblem.solve(request, margin, upper, unused))
  const missed = (request: number) => Math.max(0, ideal[request]! - worthOf(request, margin))
  const draw = drawFrom(Float64Array.from(requestIds, (_, request) => missed(request)))
  const together = drawerOf(problem, hours, margin, { fewest, widest, missing: () => draw.at(random()), random })
  const moved = gain.slice()
  const average = requestIds.reduce((sum, _, request) => sum + worthOf(request, gain), 0) / requestIds.length
  let level = 0
  let highest = 0
  let best = hours.slice()
  let steps = 0

  for (let done = toCome(); done < 1 && requestIds.length > 0; done = toCome()) {
    tell(steps)
    const warm = heat > 0 ? Math.max(0, 1 - done / cold) : 0
    const requests = together()
    const by = warm > 0 && random() < 0.5 ? moved : gain
    if (by === moved)
      eachSlot(requests, (slot) => (moved[slot] = gain[slot]! * (1 + 2 * tilt * warm * (random() - 0.5))))
    const plan = placed(requests, by)
    if (!plan) continue
    let gained = 0
    eachSlot(requests, (slot) => (gained += gain[slot]! * (plan[slot]! - hours[slot]!)))
    if (gained < heat * average * warm * Math.log(random())) continue
    state.change(requests, plan)
    if (done > early) eachSlot(requests, (slot) => hours[slot]! > 0 && (met[slot] = 1))
    for (const request of requests) draw.set(request, missed(request))
    level += gained
    if (level <= highest) continue
    highest = level
    best = hours.slice()
  }
  if (level < highest) state.change([...requestIds.keys()], best)
  return steps

  /** How far the search has come when the next part has begun. */
  function toCome(): number {
    return share(steps + stepsPerPart + Math.ceil(stepsPerCase * widest))
  }

  /** A better plan for these requests by the worths given, if there is one. */
  function placed(requests: readonly number[], by: Float64Array): Float64Array | undefined {
    const own = hours.slice()
    for (const request of requests) state.remove(request)
    const part = partOf(problem, requests, state.left)
    for (const request of requests) state.restore(request, own)
    const taken = (cases: number) => stepsPerPart + Math.ceil(stepsPerCase * cases * requests.length)
    const { found, cases } = treeOf(part, by, price).grow({
      target: requests.reduce((sum, request) => sum + worthOf(request, by), 0),
      cases: Math.ceil(casesEach * requests.length),
      deep: true,
      over: (cases) => share(steps + taken(cases + atOnce)) >= 1,
    })
    steps += taken(cases)
    return found && inMarket(problem, part, found.hours)
  }

  function eachSlot(requests: readonly number[], visit: (slot: number) => void): void {
    for (const request of requests) {
      for (let slot = edgeStart[request]!; slot < edgeStart[request + 1]!; slot += 1) visit(slot)
    }
  }
  function worthOf(request: number, by: Float64Array): number {
    let worth = 0
    for (let slot = edgeStart[request]!; slot < edgeStart[request + 1]!; slot += 1) worth += by[slot]! * hours[slot]!
    return worth
  }
}

/** Draws one request that misses something, and those who have the offers that it and they would like. */
function drawerOf(
  problem: Problem,
  hours: Float64Array,
  margin: Float64Array,
  {
    fewest,
    widest,
    missing,
    random,
  }: Readonly<{ fewest: number; widest: number; missing: () => number; random: () => number }>,
): () => number[] {
  const { edgeStart, requestIds, offer, request, upper } = problem
  const { start, slots } = slotsByOffer(problem)
  const below = (count: number) => Math.floor(random() * count)

  /** The best of three drawn from the slots of a request. */
  function liked(one: number): number {
    const drawn = () => edgeStart[one]! + below(edgeStart[one + 1]! - edgeStart[one]!)
    let slot = drawn()
    for (let more = 0; more < 2; more += 1) {
      const other = drawn()
      if (margin[other]! * upper[other]! > margin[slot]! * upper[slot]!) slot = other
    }
    return slot
  }

  return () => {
    const some = [random() < 0.3 ? below(requestIds.length) : missing()]
    const most = Math.min(fewest + below(widest - fewest + 1), requestIds.length)
    for (let tries = 0; tries < 20 * most && some.length < most; tries += 1) {
      const one = some[below(some.length)]!
      if (edgeStart[one] === edgeStart[one + 1]) continue
      const from = offer[liked(one)]!
      for (let at = start[from]!; at < start[from + 1]! && some.length < most; at += 1) {
        const other = request[slots[at]!]!
        if (hours[slots[at]!]! > 0 && !some.includes(other)) some.push(other)
      }
    }
    return some.sort((a, b) => a - b)
  }
}
