import { type Draw, drawFrom } from './draw.ts'
import { exchange } from './exchange.ts'
import { type Ledger } from './ledger.ts'
import { slotsByOffer } from './neighbours.ts'
import { marginsOf } from './prices.ts'
import { type Problem } from './problem.ts'
import { type State } from './state.ts'
import { type Subproblem } from './subproblem.ts'
import { tearer } from './tear.ts'

export type Search = Readonly<{
  /** Per slot: what placing a request aims at. */
  gain: Float64Array
  /** Per row. */
  price: Float64Array
  /** Whether a change makes the plan better. */
  ledger: Ledger
  /** How much worse than before a change may be in the beginning; falls to nothing. In the ledger's unit. */
  heat: number
  /** The power by which the heat falls with what is left of the search: above 1 it soon falls. */
  cooling: number
  /** How far a slot's worth is now and then moved up or down by chance, as a share of its gain. */
  tilt: number
  random: () => number
  /** How far the search has come before a step, from 0; at 1 it ends. */
  share: (step: number) => number
}>

/**
 * Makes a plan better by tearing up a few requests that compete and placing them anew, again and again; a change stays if the ledger
 * likes it. Where to tear is drawn by where the plan falls short of the bound: what requests miss at the prices, and unused capacity
 * at its price, are exactly the gap. Returns the steps taken; the state holds the best plan found.
 */
export function improve(problem: Problem, subproblem: Subproblem, state: State, search: Search): number {
  const { slotStart, edgeStart, slotEdge, offer, slice, requestIds } = problem
  const slots = slotsByOffer(problem)
  const { gain, price, ledger, heat, cooling, tilt, random, share } = search
  const { hours } = state
  const margin = new Float64Array(gain.length)
  marginsOf(problem, gain, price, margin)
  const most = Float64Array.from(gain, (worth, slot) => problem.weeks[slot]! + worth * 1e-6)
  const leaning = new Float64Array(gain.length)
  const saved = new Float64Array(gain.length)
  const ideal = Float64Array.from(requestIds, (_, request) => subproblem.solve(request, margin, problem.upper, saved))
  const missed = (request: number) => Math.max(0, ideal[request]! - worthOf(request))
  const draw = drawFrom(Float64Array.from(requestIds, (_, request) => missed(request)))
  const tear = tearer(problem, slots, hours, margin, firstOf(problem, ledger, draw, random), random)
  let level = 0
  let highest = 0
  // The best plan is this one, but for the requests that have changed since.
  const best = hours.slice()
  const changed = new Set<number>()
  let step = 0

  for (let done = share(step); done < 1 && requestIds.length > 0; done = share(step)) {
    step += 1
    const torn = tear()
    const { coverage } = ledger
    if (ledger.worstFirst) torn.sort((a, b) => coverage(problem.party[a]!) - coverage(problem.party[b]!))
    ledger.open()
    for (const request of torn) {
      ledger.takeOut(request)
      keep(request)
      state.remove(request)
    }
    const weight = 0.6 + 0.6 * random()
    const varied = random() < 0.5
    const tilted = tilt > 0 && random() < 0.5
    // The worst off now and then takes whatever gives it most hours, at any price.
    const favoured = ledger.worstFirst && random() < 0.5 ? torn[0] : undefined
    for (const request of torn) {
      if (request === favoured) {
        state.place(request, most)
        continue
      }
      for (let slot = begin(request); slot < end(request); slot += 1) {
        leaning[slot] = gain[slot]! + weight * (margin[slot]! - gain[slot]!)
        if (tilted) leaning[slot]! += tilt * gain[slot]! * (random() - 0.5)
      }
      state.place(request, leaning, varied ? limited : undefined)
    }
    // Once more without the prices: what nobody took is free.
    for (let at = torn.length - 1; at >= 0; at -= 1) {
      state.remove(torn[at]!)
      state.place(torn[at]!, torn[at] === favoured ? most : gain)
    }
    for (const request of torn) ledger.putIn(request)
    const gained = ledger.gained()
    const allowed = heat === 0 ? 0 : heat * Math.log(random()) * (1 - done) ** cooling
    if (gained < allowed) {
      exchange(state, ledger, torn, saved)
      continue
    }
    for (const request of torn) draw.set(request, missed(request))
    if (heat === 0) continue
    for (const request of torn) changed.add(request)
    level += gained
    if (level <= highest) continue
    highest = level
    for (const request of changed) best.set(hours.subarray(begin(request), end(request)), begin(request))
    changed.clear()
  }
  if (level < highest) exchange(state, ledger, changed, best)
  return step

  /** Now and then a slot is passed over, or leaves as much as another on the same offer needs at least, so that both fit. */
  function limited(slot: number, room: number): number {
    const luck = random()
    if (luck < 0.1) return 0
    if (luck < 0.5) return room
    const at = slots.start[offer[slotEdge[slot]!]!]!
    const count = slots.start[offer[slotEdge[slot]!]! + 1]! - at
    const needed = slice[slotEdge[slots.slots[at + Math.floor(random() * count)]!]!]!
    return Math.min(room, Math.max(slice[slotEdge[slot]!]!, room - needed))
  }
  function begin(request: number): number {
    return slotStart[edgeStart[request]!]!
  }
  function end(request: number): number {
    return slotStart[edgeStart[request + 1]!]!
  }
  function keep(request: number): void {
    for (let slot = begin(request); slot < end(request); slot += 1) saved[slot] = hours[slot]!
  }
  function worthOf(request: number): number {
    let worth = 0
    for (let slot = begin(request); slot < end(request); slot += 1) {
      if (hours[slot]! > 0) worth += margin[slot]! * hours[slot]!
    }
    return worth
  }
}

/** Draws the request to begin with: one that misses something or, where the worst off come first, one of the worst off party. */
function firstOf(
  { party, parties, requestIds }: Problem,
  { coverage, worstFirst }: Ledger,
  draw: Draw,
  random: () => number,
) {
  const ofParty: number[][] = parties.map(() => [])
  party.forEach((at, request) => ofParty[at]?.push(request))
  return (): number => {
    const luck = random()
    if (luck < 0.2) return Math.floor(random() * requestIds.length)
    if (!worstFirst || luck < 0.4) return draw.at(random())
    // Of a few parties, so that one that cannot be helped does not hold up the others.
    let worst = Math.floor(random() * parties.length)
    const tries = Math.floor(random() * parties.length * (random() < 0.5 ? 1 : 8))
    for (let more = 0; more < tries; more += 1) {
      const other = Math.floor(random() * parties.length)
      if (coverage(other) < coverage(worst)) worst = other
    }
    const requests = ofParty[worst] ?? []
    return requests[Math.floor(random() * requests.length)] ?? 0
  }
}
