import type { WeeklyHours } from '@samkraft/contracts/marketplace'
import type { PlanStanding } from '@samkraft/contracts/matching'
import { type Period, weeksOf } from '@samkraft/kernel'

/** What is known now of one side of a row; null when there is no such request or offer any more. */
export type SideNow = Readonly<{ open: boolean; left: readonly WeeklyHours[] }> | null

/**
 * Whether a row of a plan could become a proposal now. What was asked for may be met by then, and what was offered taken: a plan
 * reserves nothing.
 */
export function standingOf(
  row: Readonly<{
    period: Period
    hoursPerWeek: number
    arrangementId: string | null
    turnedDown: boolean
    goneBy: boolean
  }>,
  { request, offer }: Readonly<{ request: SideNow; offer: SideNow }>,
): PlanStanding {
  if (row.turnedDown) return 'turned_down'
  if (row.arrangementId !== null) return 'proposed'
  if (row.goneBy) return 'gone_by'
  if (!request?.open) return 'request_closed'
  if (!offer?.open) return 'offer_closed'
  const weeks = weeksOf(row.period)
  const has = (left: readonly WeeklyHours[]) => weeks.every((week) => hoursIn(left, week) >= row.hoursPerWeek)
  if (!has(request.left)) return 'request_covered'
  return has(offer.left) ? 'open' : 'offer_taken'
}

function hoursIn(left: readonly WeeklyHours[], week: string): number {
  return left.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)?.hoursPerWeek ?? 0
}
