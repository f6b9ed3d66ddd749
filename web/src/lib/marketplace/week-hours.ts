import type { LedgerWeek, OfferItem, RequestItem, Status, WeeklyHours } from '@samkraft/contracts/marketplace'
import { addDays, type Period, weeksOf, weeksToCome } from '@samkraft/kernel'
import { format, m } from '#lib/i18n.ts'
import type { Series } from '#lib/ui/capacity-strip.svelte'

/** What a capacity strip shows. */
export type Strip = Readonly<{ label: string; weeks: readonly string[]; series: readonly Series[] }>

const nothing = { offered: 0, reserved: 0, agreed: 0, left: 0 }

/** An offer's weeks: agreed, reserved and left, and what its owner always keeps. */
export function offerStrip(ledger: readonly LedgerWeek[]): Strip {
  const known = new Map(ledger.map((week) => [week.week, week]))
  const weeks = everyWeek([...known.keys()]).map((week) => known.get(week) ?? { ...nothing, week })
  const kept = weeks.map(({ offered, reserved, agreed, left }) => Math.max(0, offered - reserved - agreed - left))
  const series: Series[] = [
    { label: m.strip_agreed(), tone: 'strong', hours: weeks.map(({ agreed }) => agreed) },
    { label: m.strip_reserved(), tone: 'soft', hours: weeks.map(({ reserved }) => reserved) },
    { label: m.strip_left(), tone: 'empty', hours: weeks.map(({ left }) => left) },
    { label: m.strip_kept(), tone: 'kept', hours: kept },
  ]
  return {
    label: m.strip_offer({
      weeks: span(weeks.map(({ week }) => week)),
      offered: range(ledger.map(({ offered }) => offered)),
      left: range(ledger.map(({ left }) => left)),
    }),
    weeks: weeks.map(({ week }) => week),
    series: series.filter(({ tone, hours }) => tone !== 'kept' || hours.some((one) => one > 0)),
  }
}

/** A request's weeks: what is covered and what is still lacking. */
export function requestStrip(
  segments: readonly { period: Period; hoursPerWeek: number }[],
  uncovered: readonly WeeklyHours[],
): Strip {
  const asked = new Map<string, number>()
  for (const { period, hoursPerWeek } of segments) {
    for (const week of weeksOf(period)) asked.set(week, Math.max(hoursPerWeek, asked.get(week) ?? 0))
  }
  const weeks = everyWeek([...asked.keys()])
  const lacking = weeks.map(
    (week) => uncovered.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)?.hoursPerWeek ?? 0,
  )
  const covered = weeks.map((week, index) => Math.max(0, (asked.get(week) ?? 0) - (lacking[index] ?? 0)))
  return {
    label: m.strip_request({
      weeks: span(weeks),
      asked: range([...asked.values()]),
      lacking: range(lacking.filter((_, index) => asked.has(weeks[index] ?? ''))),
    }),
    weeks,
    series: [
      { label: m.strip_covered(), tone: 'strong', hours: covered },
      { label: m.strip_lacking(), tone: 'empty', hours: lacking },
    ],
  }
}

/** The weeks from the first to the last: one without hours between two terms is a gap to be seen. */
function everyWeek(mondays: readonly string[]): string[] {
  const [first, last] = [[...mondays].sort()[0], [...mondays].sort().at(-1)]
  const weeks: string[] = []
  for (let week = first; week && last && week <= last; week = addDays(week, 7)) weeks.push(week)
  return weeks
}

/** `v. 2–23` */
function span(weeks: readonly string[]): string {
  const [first, last] = [weeks[0], weeks.at(-1)]
  return first && last ? format.weeks({ from: first, to: addDays(last, 5) }) : ''
}

/** `16`, or `8–16` when weeks differ. */
function range(hours: readonly number[]): string {
  return format.range(...leastAndMost(hours))
}

type Left = Pick<OfferItem | RequestItem, 'status' | 'left'>

/** `2–6 tim/v`: what is left of an offer, or lacking of a request, in the week still to come with least and in the one with most. */
export function hoursLeft(listed: Left): string {
  return format.hours(...leastAndMost(hoursOf(listed)))
}

/** `2–6 av 6 tim/v` */
export function leftOf(listed: Left & { hoursPerWeek: number }): string {
  return m.left_of({ left: range(hoursOf(listed)), hours: format.hours(listed.hoursPerWeek) })
}

/** Whether it was withdrawn or its time has passed. */
export function isOver(status: Status): boolean {
  return status === 'withdrawn' || status === 'expired'
}

/** Of the weeks still to come, and of all of them once it is over. */
function hoursOf({ status, left }: Left): number[] {
  const weeks = isOver(status) ? left : weeksToCome(left, format.dateOf(new Date()))
  return weeks.map(({ hoursPerWeek }) => hoursPerWeek)
}

function leastAndMost(hours: readonly number[]): [least: number, most: number] {
  return hours.length === 0 ? [0, 0] : [Math.min(...hours), Math.max(...hours)]
}
