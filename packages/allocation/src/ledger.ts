import { climbed, type Objective } from './objective.ts'
import { type Problem } from './problem.ts'

/**
 * Tells whether a change makes a plan better. A request is taken out before it changes and put in after; `gained` is what all changes
 * since `open` are worth together.
 */
export type Ledger = Readonly<{
  open: () => void
  takeOut: (request: number) => void
  putIn: (request: number) => void
  gained: () => number
  coverage: (party: number) => number
  /** Whether the worst off come first. */
  worstFirst: boolean
  /** What the plan is worth, beside what the locked assignments are worth in themselves. */
  worth: () => number
  standing: () => Standing
}>

/** Coverages that differ by no more than this are the same. */
const same = 1e-9

/** What a plan is judged by, what counts most first. */
export type Standing = readonly number[]

/** Whether the one is better in the first thing that tells them apart. */
export function isAbove(one: Standing, other: Standing): boolean {
  const at = one.findIndex((value, index) => !(Math.abs(value - (other[index] ?? -Infinity)) <= same))
  return at >= 0 && one[at]! > (other[at] ?? -Infinity)
}

/** Worth by the objective. */
export function ledgerOf(problem: Problem, objective: Objective, hours: Float64Array): Ledger {
  const { edgeStart, slotStart, weeks, party, requestIds, parties } = problem
  const { gain, ladder, asked, locked } = objective
  const given = locked.slice()
  let help = 0
  let ladders = 0
  let opened = 0
  for (let at = 0; at < parties.length; at += 1) ladders += climbed(objective, at, given[at]!)

  function enter(request: number, sign: number): void {
    let hoursGiven = 0
    for (let slot = slotStart[edgeStart[request]!]!; slot < slotStart[edgeStart[request + 1]!]!; slot += 1) {
      if (hours[slot] === 0) continue
      help += sign * gain[slot]! * hours[slot]!
      hoursGiven += weeks[slot]! * hours[slot]!
    }
    if (hoursGiven === 0) return
    const at = party[request]!
    if (!ladder) {
      given[at]! += sign * hoursGiven
      return
    }
    ladders -= climbed(objective, at, given[at]!)
    given[at]! += sign * hoursGiven
    ladders += climbed(objective, at, given[at]!)
  }

  for (let request = 0; request < requestIds.length; request += 1) enter(request, 1)
  return {
    open: () => (opened = help + ladders),
    takeOut: (request) => enter(request, -1),
    putIn: (request) => enter(request, 1),
    gained: () => help + ladders - opened,
    coverage: (at) => (asked[at]! > 0 ? given[at]! / asked[at]! : 1),
    worstFirst: false,
    worth: () => help + ladders,
    standing: () => [help + ladders],
  }
}

/** Leximin: of the parties that change, the worst off decides; when all have the same, the help does. */
export function fairLedgerOf(problem: Problem, objective: Objective, hours: Float64Array): Ledger {
  const { edgeStart, slotStart, weeks, party, requestIds, parties } = problem
  const { gain, asked, locked } = objective
  const given = locked.slice()
  const before = new Float64Array(parties.length)
  const touched = new Set<number>()
  let help = 0
  let opened = 0

  function enter(request: number, sign: number): void {
    const at = party[request]!
    if (!touched.has(at)) {
      touched.add(at)
      before[at] = given[at]!
    }
    for (let slot = slotStart[edgeStart[request]!]!; slot < slotStart[edgeStart[request + 1]!]!; slot += 1) {
      if (hours[slot] === 0) continue
      help += sign * gain[slot]! * hours[slot]!
      given[at]! += sign * weeks[slot]! * hours[slot]!
    }
  }

  const coverageOf = (of: Float64Array, at: number) => (asked[at]! > 0 ? of[at]! / asked[at]! : 1)
  const sorted = (of: Float64Array) => Float64Array.from(touched, (at) => coverageOf(of, at)).sort()

  for (let request = 0; request < requestIds.length; request += 1) enter(request, 1)
  return {
    open: () => {
      touched.clear()
      opened = help
    },
    takeOut: (request) => enter(request, -1),
    putIn: (request) => enter(request, 1),
    gained: () => {
      const was = sorted(before)
      const is = sorted(given)
      for (let at = 0; at < is.length; at += 1) if (Math.abs(is[at]! - was[at]!) > same) return is[at]! - was[at]!
      return help - opened
    },
    coverage: (at) => coverageOf(given, at),
    worstFirst: true,
    worth: () => help,
    standing: () => [...parties.map((_, at) => coverageOf(given, at)).sort((a, b) => a - b), help],
  }
}
