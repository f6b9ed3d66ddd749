import { type Assignment, type Market } from './market.ts'
import { type Problem } from './problem.ts'
import { hasWeek } from './weeks.ts'

/** The hours of the slots as assignments, one per unbroken stretch of weeks, with the locked ones, in the order of a plan. */
export function assignmentsOf(market: Market, problem: Problem, hours: Float64Array): Assignment[] {
  const { slotEdge, slotWeeks, words, request, offer, requestIds, offerIds } = problem
  const rows: Assignment[] = [...(market.locked ?? [])]
  for (let slot = 0; slot < hours.length; slot += 1) {
    const hoursPerWeek = rounded(hours[slot]! * problem.hours)
    if (hoursPerWeek <= 0) continue
    const edge = slotEdge[slot]!
    const pair = { request: requestIds[request[edge]!] ?? '', offer: offerIds[offer[edge]!] ?? '' }
    for (let week = 0; week < market.weeks; week += 1) {
      if (!hasWeek(slotWeeks, slot * words, week)) continue
      const fromWeek = week
      while (week < market.weeks && hasWeek(slotWeeks, slot * words, week)) week += 1
      rows.push({ ...pair, fromWeek, toWeek: week, hoursPerWeek })
    }
  }
  return sorted(rows)
}

/** Without the last digits, which are only the arithmetic's. */
export function rounded(hours: number): number {
  return Math.round(hours * 1e9) / 1e9
}

/** By request, offer and week. */
export function sorted(rows: readonly Assignment[]): Assignment[] {
  return [...rows].sort((a, b) => compare(a.request, b.request) || compare(a.offer, b.offer) || a.fromWeek - b.fromWeek)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
