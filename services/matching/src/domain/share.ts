import type { WeeklyHours } from '@samkraft/contracts/marketplace'
import type { WeekRange } from '@samkraft/contracts/matching'
import { addDays, lastDay, overlap, type Period } from '@samkraft/kernel'
import { pointsFor, rules } from './rules.ts'

/**
 * The share of a request that one offer can give: the same hours every week over one unbroken stretch of the weeks asked for
 * (fewer in weeks that ask for fewer). Of all such shares the one with the most points for extent and period together is
 * taken, so more capacity can never lower a score.
 *
 * Weeks are counted as whole numbers here (`weekNumber`): comparing and adding them is what the inner loop does.
 */
export type Share = Readonly<{
  /** Hours per week; in a share that is too small to help, the most the offer has in any week asked for. */
  hoursPerWeek: number
  /** The most hours still asked for in any week. */
  asked: number
  askedWeeks: number
  /** Whether the hours reach the least that helps and the slice the offer is divided into. */
  helps: boolean
  /** Weeks of those asked for that the share covers; none when it does not help. */
  weeks: number
  /** First week and the one after the last, null when it does not help. */
  stretch: Readonly<{ from: number; to: number }> | null
  extentPoints: number
  periodPoints: number
  /** What is asked for and what is there, week by week. */
  cells: readonly Cell[]
}>

/** Weeks in a row in which the hours asked for and the hours left stay the same. */
export type Cell = Readonly<{ from: number; to: number; asked: number; left: number }>

export type Terms = Readonly<{
  least: number
  slice: number
  periodFixed: boolean
  /** Weeks in which nothing can be given, whatever hours there are (`weeksApart`). */
  apart: ReadonlySet<number>
}>

const monday = Date.UTC(1970, 0, 5)
/** Monday to Friday: a week that is only touched at its end has no hours (`weeksOf`). */
const workingDays = 5
const weekInMilliseconds = 7 * 86_400_000

/** A Monday as a whole number of weeks; consecutive Mondays differ by one. */
export function weekNumber(week: string): number {
  return Math.round((Date.parse(`${week}T00:00:00Z`) - monday) / weekInMilliseconds)
}

/** The number of the week a day lies in. */
function weekOf(date: string): number {
  return Math.floor((Date.parse(`${date}T00:00:00Z`) - monday) / weekInMilliseconds)
}

/** The Monday of a week number. */
export function weekNamed(number: number): string {
  return addDays('1970-01-05', number * 7)
}

/**
 * The weeks in which both have days, but none in common, as where a term ends on a Tuesday and another begins that Thursday.
 * Hours are kept week by week; these cannot be given.
 */
export function weeksApart(asked: readonly Period[], offered: readonly Period[]): ReadonlySet<number> {
  const apart = new Set<number>()
  for (const one of asked)
    for (const other of offered) {
      if (overlap(one, other)) continue
      const [before, after] = one.to <= other.from ? [one, other] : [other, one]
      const week = weekOf(after.from)
      if (weekOf(lastDay(before)) === week && !meetIn(week, asked, offered)) apart.add(week)
    }
  return apart
}

function meetIn(week: number, asked: readonly Period[], offered: readonly Period[]): boolean {
  const days = { from: weekNamed(week), to: addDays(weekNamed(week), workingDays) }
  const within = (some: readonly Period[]) => some.flatMap((period) => overlap(period, days) ?? [])
  return within(asked).some((one) => within(offered).some((other) => overlap(one, other)))
}

/** Null when no week that is asked for has any hours left: a hard stop. */
export function bestShare(
  demand: readonly WeeklyHours[],
  supply: readonly WeeklyHours[],
  fromWeek: string,
  terms: Terms,
): Share | null {
  const cells = overlay(demand, supply, weekNumber(fromWeek), terms.apart)
  const asked = cells.reduce((most, cell) => Math.max(most, cell.asked), 0)
  const available = cells.reduce((most, cell) => Math.max(most, Math.min(cell.asked, cell.left)), 0)
  if (available === 0) return null
  const askedWeeks = cells.reduce((weeks, { from, to }) => weeks + to - from, 0)
  const enough = Math.max(terms.slice, Math.min(terms.least, asked))
  const levels = new Set(cells.flatMap((cell) => [Math.min(cell.asked, cell.left), cell.asked]))
  const shares = [...levels]
    .filter((level) => level >= enough)
    .flatMap((level) => runs(cells, level).map((run) => valued(run, level, { asked, askedWeeks }, terms)))
  const common = { asked, askedWeeks, cells }
  const best = shares.reduce<Valued | null>(
    (winner, share) => (winner && !better(share, winner) ? winner : share),
    null,
  )
  if (best) return { ...common, ...best, helps: true }
  return {
    ...common,
    hoursPerWeek: available,
    helps: false,
    weeks: 0,
    stretch: null,
    extentPoints: pointsFor('extent', available / Math.max(asked, terms.slice)),
    periodPoints: 0,
  }
}

export type Demand = Readonly<{ period: Period; hours: number; weeks: number }>

/**
 * What is asked for from a week on: the days from the first to the last such week, the most hours in any, and how many weeks
 * they are. Null when nothing is.
 */
export function demandFrom(demand: readonly WeeklyHours[], fromWeek: string): Demand | null {
  const cells = overlay(demand, [], weekNumber(fromWeek), new Set())
  const [first, last] = [cells[0], cells.at(-1)]
  if (!first || !last) return null
  return {
    period: { from: weekNamed(first.from), to: weekNamed(last.to) },
    hours: cells.reduce((most, { asked }) => Math.max(most, asked), 0),
    weeks: cells.reduce((weeks, { from, to }) => weeks + to - from, 0),
  }
}

/**
 * The demand cut at every change of either side, from `first` on; in order and without overlap. In the weeks `apart` nothing is
 * left.
 */
function overlay(
  demand: readonly WeeklyHours[],
  supply: readonly WeeklyHours[],
  first: number,
  apart: ReadonlySet<number>,
): Cell[] {
  const wanted = demand.filter(({ hoursPerWeek }) => hoursPerWeek > 0).map(toSteps)
  const left = supply.map(toSteps)
  const cuts = new Set<number>()
  for (const { from, to } of wanted) cuts.add(Math.max(from, first)).add(Math.max(to, first))
  for (const { from, to } of left) cuts.add(Math.max(from, first)).add(Math.max(to, first))
  for (const week of apart) cuts.add(Math.max(week, first)).add(Math.max(week + 1, first))
  const ordered = [...cuts].sort((a, b) => a - b)
  return ordered.slice(0, -1).flatMap((from, index) => {
    const to = ordered[index + 1] ?? from
    const asked = hoursAt(wanted, from)
    return asked > 0 ? [{ from, to, asked, left: apart.has(from) ? 0 : hoursAt(left, from) }] : []
  })
}

type Step = Readonly<{ from: number; to: number; hours: number }>

function toSteps({ fromWeek, toWeek, hoursPerWeek }: WeeklyHours): Step {
  return { from: weekNumber(fromWeek), to: weekNumber(toWeek), hours: hoursPerWeek }
}

function hoursAt(steps: readonly Step[], week: number): number {
  return steps.reduce((hours, { from, to, hours: more }) => (from <= week && week < to ? hours + more : hours), 0)
}

type Run = { from: number; to: number; weeks: number; most: number }

/** The longest stretches in which `level` hours (or all that is asked for, where that is less) are left. */
function runs(cells: readonly Cell[], level: number): Run[] {
  const found: Run[] = []
  let current: Run | undefined
  for (const { from, to, asked, left } of cells) {
    if (left < Math.min(level, asked)) {
      current = undefined
      continue
    }
    if (!current) found.push((current = { from, to, weeks: 0, most: 0 }))
    current.to = to
    current.weeks += to - from
    current.most = Math.max(current.most, asked)
  }
  // A stretch that never asks for as much as `level` is found at its own level.
  return found.filter(({ most }) => most >= level)
}

type Valued = Pick<Share, 'hoursPerWeek' | 'weeks' | 'stretch' | 'extentPoints' | 'periodPoints'>

function valued(
  { from, to, weeks }: Run,
  level: number,
  { asked, askedWeeks }: Pick<Share, 'asked' | 'askedWeeks'>,
  { periodFixed }: Terms,
): Valued {
  const missed = (askedWeeks - weeks) / askedWeeks
  const weight = periodFixed ? 1 : rules.factors.period.missedWhenFlexible
  return {
    hoursPerWeek: level,
    weeks,
    stretch: { from, to },
    extentPoints: pointsFor('extent', level / asked),
    periodPoints: pointsFor('period', 1 - missed * weight),
  }
}

/** More points; then more hours in all; then sooner; then more per week. A total order, so the input's order does not matter. */
function better(a: Valued, b: Valued): boolean {
  const points = a.extentPoints + a.periodPoints - (b.extentPoints + b.periodPoints)
  if (points !== 0) return points > 0
  const hours = a.hoursPerWeek * a.weeks - b.hoursPerWeek * b.weeks
  if (hours !== 0) return hours > 0
  const sooner = (b.stretch?.from ?? 0) - (a.stretch?.from ?? 0)
  return sooner !== 0 ? sooner > 0 : a.hoursPerWeek > b.hoursPerWeek
}

/** The weeks asked for outside the share's stretch, in order, neighbours joined. */
export function missedRanges({ cells, stretch }: Pick<Share, 'cells' | 'stretch'>): WeekRange[] {
  const missed: { from: number; to: number }[] = []
  for (const { from, to } of cells) {
    if (stretch && from >= stretch.from && to <= stretch.to) continue
    const last = missed.at(-1)
    if (last?.to === from) last.to = to
    else missed.push({ from, to })
  }
  return missed.map(({ from, to }) => ({ fromWeek: weekNamed(from), toWeek: weekNamed(to) }))
}
