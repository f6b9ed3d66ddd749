import { type Ladder } from './ladder.ts'
import { type Market } from './market.ts'
import { type Problem } from './problem.ts'

/** What a plan is worth: Σ gain × hours per week over the slots, and the ladders of the parties. In the engine's unit of hours. */
export type Objective = Hours &
  Readonly<{
    /** Per slot: what an hour per week in all its weeks is worth beside the ladder. */
    gain: Float64Array
    ladder: Ladder | undefined
  }>

/** Per party: the hours it asks for, and those that the locked assignments give it. */
export type Hours = Readonly<{ asked: Float64Array; locked: Float64Array }>

/** `weight` × help, and a ladder if any. */
export function objectiveOf(market: Market, problem: Problem, weight: number, ladder?: Ladder): Objective {
  const { score, slotEdge, weeks } = problem
  return {
    gain: Float64Array.from(slotEdge, (edge, slot) => weight * score[edge]! * weeks[slot]!),
    ladder,
    ...hoursOf(market, problem),
  }
}

export function hoursOf({ requests, locked = [] }: Market, { parties, hours }: Problem): Hours {
  const partyAt = new Map(parties.map((party, at) => [party, at]))
  const partyOf = new Map(requests.map(({ id, party }) => [id, partyAt.get(party) ?? 0]))
  const asked = new Float64Array(parties.length)
  const given = new Float64Array(parties.length)
  for (const { id, demand } of requests) {
    for (const { fromWeek, toWeek, hoursPerWeek } of demand) {
      asked[partyOf.get(id) ?? 0]! += ((toWeek - fromWeek) * hoursPerWeek) / hours
    }
  }
  for (const { request, fromWeek, toWeek, hoursPerWeek } of locked) {
    given[partyOf.get(request) ?? 0]! += ((toWeek - fromWeek) * hoursPerWeek) / hours
  }
  return { asked, locked: given }
}

/** What the ladder of a party adds to a plan that gives it so many hours. */
export function climbed({ ladder, asked }: Objective, party: number, given: number): number {
  return ladder && asked[party]! > 0 ? asked[party]! * ladder.at(given / asked[party]!) : 0
}
