import type { Coverage, LedgerWeek, Segment, WeeklyHours } from '@samkraft/contracts/marketplace'
import { addDays, daysIn, mondayOf, type Period, type Week, weeksOf } from '@samkraft/kernel'

/** Hours held for one borrower, every week of a period: `reserved` until the arrangement is approved, then `agreed`. */
export type Hold = Readonly<{ period: Period; hoursPerWeek: number; state: 'reserved' | 'agreed' }>

/** What somebody asks for: the same hours every week of a period. */
export type Asked = Readonly<{ period: Period; hoursPerWeek: number }>

/** What an offer puts in: hours by stretch, and the hours per week its owner never lends. */
export type Capacity = Readonly<{ segments: readonly Segment[]; reserveFloor: number }>

/** The first week that falls short, what was left of it and what was asked for; and how many weeks fall short. */
export type Shortfall = Readonly<{ week: Week; left: number; asked: number; weeks: number }>

/**
 * Hours per week, week by week. Two stretches may meet in the middle of a week; `choose` says which of them counts then:
 * the smaller for what is offered, so that nothing is promised that may not be there, the larger for what is asked.
 */
function hoursByWeek(segments: readonly Asked[], choose: (a: number, b: number) => number): Map<Week, number> {
  const hours = new Map<Week, number>()
  for (const { period, hoursPerWeek } of segments) {
    for (const week of weeksOf(period)) {
      const other = hours.get(week)
      hours.set(week, other === undefined ? hoursPerWeek : choose(other, hoursPerWeek))
    }
  }
  return hours
}

function heldByWeek(holds: readonly Asked[]): Map<Week, number> {
  return hoursByWeek(holds, (a, b) => a + b)
}

const smaller = (a: number, b: number) => Math.min(a, b)
const larger = (a: number, b: number) => Math.max(a, b)

/** The whole ledger of an offer in order of weeks. A week that was offered no longer but is held still shows. */
export function ledgerOf({ segments, reserveFloor }: Capacity, holds: readonly Hold[]): LedgerWeek[] {
  const offered = hoursByWeek(segments, smaller)
  const reserved = heldByWeek(holds.filter(({ state }) => state === 'reserved'))
  const agreed = heldByWeek(holds.filter(({ state }) => state === 'agreed'))
  const weeks = [...new Set([...offered.keys(), ...reserved.keys(), ...agreed.keys()])].sort()
  return weeks.map((week) => {
    const row = {
      week,
      offered: offered.get(week) ?? 0,
      reserved: reserved.get(week) ?? 0,
      agreed: agreed.get(week) ?? 0,
    }
    return { ...row, left: Math.max(0, row.offered - reserveFloor - row.reserved - row.agreed) }
  })
}

/** What others may still take, as stretches of weeks with the same hours; zero is a fact too. */
export function leftOf(capacity: Capacity, holds: readonly Hold[]): WeeklyHours[] {
  return stretches(ledgerOf(capacity, holds).map(({ week, left }) => [week, left]))
}

/**
 * Whether all of this can be held at once: null when it can, otherwise the first week that falls short.
 * All or none, and never more than offered in any week.
 */
export function shortfallOf(capacity: Capacity, holds: readonly Hold[], asked: readonly Asked[]): Shortfall | null {
  const left = new Map(ledgerOf(capacity, holds).map((row) => [row.week, row.left]))
  const weeks = [...heldByWeek(asked)].sort(([a], [b]) => (a < b ? -1 : 1))
  const short = weeks.filter(([week, hours]) => hours > (left.get(week) ?? 0))
  const [first] = short
  return first ? { week: first[0], left: left.get(first[0]) ?? 0, asked: first[1], weeks: short.length } : null
}

/**
 * Weeks from the one of `today` on in which more is held than this capacity would offer: an offer may not be lowered below what is held. What
 * was given in weeks gone by stays given, whatever is offered now.
 */
export function overheldWeeks(
  capacity: Capacity,
  holds: readonly Hold[],
  today: string,
): { week: Week; held: number; offered: number }[] {
  return ledgerOf(capacity, holds)
    .filter(({ week }) => week >= mondayOf(today))
    .map(({ week, offered, reserved, agreed }) => ({
      week,
      held: reserved + agreed,
      offered: Math.max(0, offered - capacity.reserveFloor),
    }))
    .filter(({ held, offered }) => held > offered)
}

/** What of a request nobody covers yet, as stretches of weeks. */
export function uncoveredOf(segments: readonly Segment[], holds: readonly Asked[]): WeeklyHours[] {
  const held = heldByWeek(holds)
  const asked = [...hoursByWeek(segments, larger)].sort(([a], [b]) => (a < b ? -1 : 1))
  return stretches(asked.map(([week, hours]) => [week, Math.max(0, hours - (held.get(week) ?? 0))]))
}

/** How far a request is covered, by what it asks for and what nobody holds for it: `covered` when no week lacks an hour. */
export function coverageOf(asked: readonly WeeklyHours[], uncovered: readonly WeeklyHours[]): Coverage {
  const lacking = hoursIn(uncovered)
  if (lacking === 0) return 'covered'
  return lacking === hoursIn(asked) ? 'uncovered' : 'partly_covered'
}

/** All hours of these stretches. */
function hoursIn(weeks: readonly WeeklyHours[]): number {
  const hours = weeks.map(
    ({ fromWeek, toWeek, hoursPerWeek }) => hoursPerWeek * (daysIn({ from: fromWeek, to: toWeek }) / 7),
  )
  return hours.reduce((sum, some) => sum + some, 0)
}

function stretches(weeks: readonly (readonly [Week, number])[]): WeeklyHours[] {
  const result: { fromWeek: Week; lastWeek: Week; hoursPerWeek: number }[] = []
  for (const [week, hoursPerWeek] of weeks) {
    const last = result.at(-1)
    const next = last && last.hoursPerWeek === hoursPerWeek && daysIn({ from: last.lastWeek, to: week }) === 7
    if (next) last.lastWeek = week
    else result.push({ fromWeek: week, lastWeek: week, hoursPerWeek })
  }
  return result.map(({ fromWeek, lastWeek, hoursPerWeek }) => ({
    fromWeek,
    toWeek: addDays(lastWeek, 7),
    hoursPerWeek,
  }))
}
