import { treeOf } from './branch.ts'
import { drawFrom } from './draw.ts'
import { slotsByOffer } from './neighbours.ts'
import { inMarket, partOf } from './part.ts'
import { marginsOf, type Prices } from './prices.ts'
import { type Problem } from './problem.ts'
import { type State } from './state.ts'
import { type Subproblem } from './subproblem.ts'

/** From so many requests to so many are placed anew together, and how many cases may be told apart for each of them. */
const [fewest, widest] = [6, 12]
const casesEach = 7.5
/** How much worse a change may be at first, as a share of what a request is worth on average; and when it no longer may. */
const heat = 0.03
const cold = 0.8
/** How far a slot's worth is moved up or down by chance at first, as a share of it; in half of all tries. */
const tilt = 0.05

/**
 * Makes a plan better by placing some requests that compete anew, all at once and as well as can be: a tree of cases for their part
 * of the plan. It finds what placing one after another does not, where several give way to each other by a few hours each. Now and
 * then it seeks the best by worths that chance has moved a little, and for a while it takes what is somewhat worse. Returns how many
 * parts it has placed; the state holds the best plan found.
 */
export function refine(
  problem: Problem,
  subproblem: Subproblem,
  state: State,
  {
    prices: { gain, price },
    random,
    share,
  }: Readonly<{
    prices: Prices
    random: () => number
    /** How far it has come before a try, from 0; at 1 it ends. */
    share: (tries: number) => number
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
  const together = drawerOf(problem, hours, margin, () => draw.at(random()), random)
  const moved = gain.slice()
  const average = requestIds.reduce((sum, _, request) => sum + worthOf(request, gain), 0) / requestIds.length
  let level = 0
  let highest = 0
  let best = hours.slice()
  let tries = 0

  for (let done = share(tries); done < 1 && requestIds.length > 0; done = share(tries)) {
    tries += 1
    const warm = Math.max(0, 1 - done / cold)
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
    for (const request of requests) draw.set(request, missed(request))
    level += gained
    if (level <= highest) continue
    highest = level
    best = hours.slice()
  }
  if (level < highest) state.change([...requestIds.keys()], best)
  return tries

  /** A better plan for these requests by the worths given, if there is one. */
  function placed(requests: readonly number[], by: Float64Array): Float64Array | undefined {
    const own = hours.slice()
    for (const request of requests) state.remove(request)
    const part = partOf(problem, requests, state.left)
    for (const request of requests) state.restore(request, own)
    const { found } = treeOf(part, by, price).grow({
      target: requests.reduce((sum, request) => sum + worthOf(request, by), 0),
      cases: Math.ceil(casesEach * requests.length),
      over: () => false,
    })
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
  missing: () => number,
  random: () => number,
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
