import { slotsByOffer } from './neighbours.ts'
import { type Objective } from './objective.ts'
import { marginsOf, type Prices } from './prices.ts'
import { type Problem } from './problem.ts'
import { type State } from './state.ts'
import { type Subproblem } from './subproblem.ts'
import { tearer } from './tear.ts'
import { weightsOf } from './weights.ts'

type Lifting = Readonly<{
  prices: Prices
  /** The coverage that every party is to have. */
  coverage: number
  random: () => number
  /** How far the search has come before a step, from 0; at 1 it ends. */
  share: (step: number) => number
}>

/** How much worse a change may be at first, as a share of what a request asks for on average; falls to nothing. */
const heat = 0.0045
/** How often a party that has enough does without what nobody took. */
const modest = 0.7
/** How often nobody takes more than the party needs. */
const sparingly = 0.15

/**
 * Raises every party to the same coverage, and none above it on purpose: requests are torn up where a party is short, and placed anew
 * with its own first. What is short counts more the longer it stays so, until others have to give way. Returns the steps taken, and
 * whether all have what they should; the state holds the plan.
 */
export function lift(
  problem: Problem,
  subproblem: Subproblem,
  state: State,
  { asked, locked }: Objective,
  { prices, coverage, random, share }: Lifting,
): { steps: number; reached: boolean } {
  const { slotStart, edgeStart, slotEdge, request, party, parties, weeks, slice, requestIds, upper } = problem
  const { hours } = state
  const given = locked.slice()
  const short = weightsOf(
    asked.map((all) => coverage * all),
    asked.map((all) => all * 1e-7),
    given,
  )
  // What an hour is worth at the prices, for a party to which it is worth one.
  const margin = new Float64Array(weeks.length)
  marginsOf(problem, prices.gain, prices.price, margin)
  for (let slot = 0; slot < margin.length; slot += 1) {
    margin[slot]! /= Math.max(0.05, prices.partyPrice[party[request[slotEdge[slot]!]!]!]!)
  }
  const saved = new Float64Array(weeks.length)
  const leaning = new Float64Array(weeks.length)
  const alone = Float64Array.from(requestIds, (_, one) => subproblem.solve(one, weeks, upper, saved))
  const lack = new Float64Array(requestIds.length)
  const changed: number[] = []
  const ofParty: number[][] = parties.map(() => [])
  party.forEach((at, one) => ofParty[at]?.push(one))
  const tear = tearer(problem, slotsByOffer(problem), hours, margin, firstOne, random)
  const allowed = (heat * asked.reduce((sum, all) => sum + all, 0)) / Math.max(1, requestIds.length)
  for (let one = 0; one < requestIds.length; one += 1) given[party[one]!]! += hoursOf(one)
  parties.forEach((_, at) => short.mark(at))

  let step = 0
  for (let done = share(step); done < 1 && short.count() > 0; done = share(step)) {
    step += 1
    const torn = tear()
    changed.length = 0
    for (const one of torn) {
      lack[one] = short.penalty(party[one]!)
      if (!changed.includes(party[one]!)) changed.push(party[one]!)
    }
    if (random() < 0.7) torn.sort((a, b) => lack[b]! - lack[a]!)
    const before = penalty()
    for (const one of torn) {
      for (let slot = begin(one); slot < end(one); slot += 1) saved[slot] = hours[slot]!
      remove(one)
    }
    const weight = 0.6 + 0.6 * random()
    // The first now and then takes whatever gives it most hours, at any price.
    const favoured = random() < 0.5 ? torn[0] : undefined
    // No more than the parties need: what that leaves of an offer may be enough for another.
    const sparing = random() < sparingly ? needed : undefined
    for (const one of torn) {
      if (one === favoured) {
        place(one, weeks, sparing)
        continue
      }
      for (let slot = begin(one); slot < end(one); slot += 1) {
        leaning[slot] = weeks[slot]! + weight * (margin[slot]! - weeks[slot]!)
      }
      place(one, leaning, sparing)
    }
    for (let at = torn.length - 1; at >= 0; at -= 1) {
      const one = torn[at]!
      if (!short.is(party[one]!) && (sparing || random() < modest)) continue
      remove(one)
      place(one, weeks)
    }
    if (penalty() > before - allowed * Math.log(random()) * (1 - done)) {
      for (const one of torn) remove(one)
      for (const one of torn) {
        state.restore(one, saved)
        given[party[one]!]! += hoursOf(one)
      }
    } else for (const at of changed) short.mark(at)
    short.pass(step)
  }
  return { steps: step, reached: short.count() === 0 }

  /** One that lacks something, of a party that is short. */
  function firstOne(): number {
    if (random() < 0.3) return Math.floor(random() * requestIds.length)
    const requests = ofParty[short.at(random())] ?? []
    let first = 0
    for (let tries = 0; tries < 4; tries += 1) {
      first = requests[Math.floor(random() * requests.length)] ?? 0
      if (alone[first]! > hoursOf(first)) break
    }
    return first
  }
  function begin(one: number): number {
    return slotStart[edgeStart[one]!]!
  }
  function end(one: number): number {
    return slotStart[edgeStart[one + 1]!]!
  }
  function hoursOf(one: number): number {
    let sum = 0
    for (let slot = begin(one); slot < end(one); slot += 1) if (hours[slot]! > 0) sum += weeks[slot]! * hours[slot]!
    return sum
  }
  function remove(one: number): void {
    given[party[one]!]! -= hoursOf(one)
    state.remove(one)
  }
  function needed(slot: number, room: number): number {
    const edge = slotEdge[slot]!
    const lack = short.lack(party[request[edge]!]!)
    return lack <= 0 || random() < 0.5 ? 0 : Math.min(room, Math.max(slice[edge]!, lack / weeks[slot]!))
  }
  function place(one: number, by: Float64Array, limit?: (slot: number, room: number) => number): void {
    state.place(one, by, limit)
    given[party[one]!]! += hoursOf(one)
  }
  function penalty(): number {
    let sum = 0
    for (const at of changed) sum += short.penalty(at)
    return sum
  }
}
