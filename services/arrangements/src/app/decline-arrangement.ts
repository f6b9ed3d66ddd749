import { arrangementDeclined, type ArrangementReceipt, type DeclineArrangement } from '@samkraft/contracts/arrangements'
import type { MemberContext } from '../context.ts'
import { because, decline } from '../domain/move.ts'
import { moveArrangement } from './move-arrangement.ts'
import { factsOf, news } from './save-change.ts'

/** Says no to a proposal of another, with the reason. */
export function declineArrangement(ctx: MemberContext, input: DeclineArrangement): Promise<ArrangementReceipt> {
  const { reasonCode, reasonText } = input
  return moveArrangement(ctx, 'decline', input, (_tx, arrangement, moment) => {
    const after = decline(arrangement, ctx.actor, because(reasonCode, reasonText), moment)
    return { after, news: [news(arrangementDeclined, { ...factsOf(after), reasonCode })] }
  })
}
