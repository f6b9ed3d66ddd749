import { treeOf } from './branch.ts'
import { type Hours } from './objective.ts'
import { hasParts, partOf } from './part.ts'
import { type Problem } from './problem.ts'
import { randomFrom } from './random.ts'
import { emptyState } from './state.ts'
import { type Subproblem } from './subproblem.ts'

/** In how many orders a party's requests are served before cases are told apart, and how many cases that may be. */
const orders = 30
const cases = 60

/**
 * The smallest of the coverages that the parties could reach if each had all offers to itself: no plan has a smaller coverage above
 * it. Where a party's own requests compete for an offer, what they can have together is bounded by cases.
 */
export function aloneAtMost(
  problem: Problem,
  subproblem: Subproblem,
  { asked, locked }: Hours,
  over: () => boolean,
): number {
  const { weeks, upper, party, requestIds, parties } = problem
  const hours = new Float64Array(upper.length)
  const most = locked.slice()
  const ofParty: number[][] = parties.map(() => [])
  for (let r = 0; r < requestIds.length; r += 1) {
    ofParty[party[r]!]?.push(r)
    most[party[r]!]! += subproblem.ceiling(r, weeks, upper, subproblem.solve(r, weeks, upper, hours))
  }
  const asking = parties.map((_, at) => at).filter((at) => asked[at]! > 0)
  asking.sort((a, b) => most[a]! / asked[a]! - most[b]! / asked[b]!)
  let smallest = Infinity
  for (const at of asking) {
    if (most[at]! / asked[at]! >= smallest) break
    const together = togetherAtMost(problem, subproblem, ofParty[at] ?? [], most[at]! - locked[at]!, over)
    smallest = Math.min(smallest, (locked[at]! + together) / asked[at]!)
  }
  return Math.min(1, smallest)
}

/** The most hours that some requests can have together; `apart` is what they could have if they did not compete. */
function togetherAtMost(
  problem: Problem,
  subproblem: Subproblem,
  requests: readonly number[],
  apart: number,
  over: () => boolean,
): number {
  const { weeks, rowCapacity } = problem
  const random = randomFrom(1)
  const state = emptyState(problem, subproblem)
  let found = 0
  for (let tries = 0; tries < orders; tries += 1) {
    let given = 0
    for (const request of requests) state.remove(request)
    const drawn = requests.map((request) => ({ request, luck: random() }))
    for (const { request } of drawn.sort((a, b) => a.luck - b.luck)) given += state.place(request, weeks)
    found = Math.max(found, given)
    if (found >= apart * (1 - 1e-9)) return apart
  }
  if (!hasParts(problem)) return apart
  const part = partOf(problem, requests, rowCapacity)
  const { bound } = treeOf(part, weeks, new Float64Array(rowCapacity.length)).grow({ target: found, cases, over })
  return Math.min(apart, bound)
}
