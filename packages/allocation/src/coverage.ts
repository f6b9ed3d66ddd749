import { type Assignment, type Market, type Segment } from './market.ts'

/** Hours (not per week) in all segments together. */
export function hoursIn(segments: readonly Segment[]): number {
  return segments.reduce((sum, { fromWeek, toWeek, hoursPerWeek }) => sum + (toWeek - fromWeek) * hoursPerWeek, 0)
}

/** Hours asked for by every party that asks for anything, in the order of their names. */
export function askedOf({ requests }: Market): Map<string, number> {
  const asked = new Map<string, number>()
  for (const { party, demand } of requests) {
    const hours = hoursIn(demand)
    if (hours > 0) asked.set(party, (asked.get(party) ?? 0) + hours)
  }
  return new Map([...asked].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Hours given / hours asked for every party that asks for anything. */
export function coverageOf(market: Market, assignments: readonly Assignment[]): Record<string, number> {
  const partyOf = new Map(market.requests.map(({ id, party }) => [id, party]))
  const asked = askedOf(market)
  const given = new Map<string, number>()
  for (const { request, fromWeek, toWeek, hoursPerWeek } of assignments) {
    const party = partyOf.get(request) ?? ''
    given.set(party, (given.get(party) ?? 0) + (toWeek - fromWeek) * hoursPerWeek)
  }
  return Object.fromEntries([...asked].map(([party, hours]) => [party, Math.min(1, (given.get(party) ?? 0) / hours)]))
}
