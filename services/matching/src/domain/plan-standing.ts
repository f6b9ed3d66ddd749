import type { WeeklyHours } from '@samkraft/contracts/marketplace'
import type { PlanStanding } from '@samkraft/contracts/matching'
import { overlap, type Period, weeksOf } from '@samkraft/kernel'

/** What is known now of one side of a row; null when there is no such request or offer any more. */
export type SideNow = Readonly<{ open: boolean; left: readonly WeeklyHours[] }> | null

const endOfTime = '9999-12-31'

/**
 * Whether a row of a plan could become a proposal now. What was asked for may be met by then, and what was offered taken: a plan
 * reserves nothing. Only the weeks from today on count: no others would be proposed.
 */
export function standingOf(
  row: Readonly<{
    period: Period
    hoursPerWeek: number
    arrangementId: string | null
    turnedDown: boolean
  }>,
  { request, offer, today }: Readonly<{ request: SideNow; offer: SideNow; today: string }>,
): PlanStanding {
  if (row.turnedDown) return 'turned_down'
  if (row.arrangementId !== null) return 'proposed'
  const toCome = overlap(row.period, { from: today, to: endOfTime })
  const weeks = toCome ? weeksOf(toCome) : []
  if (weeks.length === 0) return 'gone_by'
  if (!request?.open) return 'request_closed'
  if (!offer?.open) return 'offer_closed'
  const has = (left: readonly WeeklyHours[]) => weeks.every((week) => hoursIn(left, week) >= row.hoursPerWeek)
  if (!has(request.left)) return 'request_covered'
  return has(offer.left) ? 'open' : 'offer_taken'
}

function hoursIn(left: readonly WeeklyHours[], week: string): number {
  return left.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)?.hoursPerWeek ?? 0
}
