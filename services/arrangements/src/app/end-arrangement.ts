import {
  arrangementEndDecided,
  arrangementEnded,
  type ArrangementReceipt,
  type EndArrangement,
} from '@samkraft/contracts/arrangements'
import type { MemberContext } from '../context.ts'
import { finalDay } from '../domain/arrangement.ts'
import { because, end } from '../domain/move.ts'
import { moveArrangement } from './move-arrangement.ts'
import { factsOf, news } from './save-change.ts'

/**
 * Either authority ends it before the day agreed, or before the day that was decided, which may have been a mistake; the hours after its last
 * day are free for others from now on.
 * Throws `invalid arrangement.last_day_passed | arrangement.last_day_not_earlier` with the day that would fit.
 */
export function endArrangement(ctx: MemberContext, input: EndArrangement): Promise<ArrangementReceipt> {
  const { lastDay: day, reasonCode, reasonText } = input
  return moveArrangement(ctx, 'end', input, (_tx, arrangement, moment) => {
    const after = end(arrangement, ctx.actor, { day, reason: because(reasonCode, reasonText) }, moment)
    const told = { ...factsOf(after), reasonCode, lastDay: finalDay(after) }
    return { after, news: [news(after.status === 'ended' ? arrangementEnded : arrangementEndDecided, told)] }
  })
}
