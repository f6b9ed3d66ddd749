import {
  type ArrangementReceipt,
  arrangementWithdrawn,
  type WithdrawArrangement,
} from '@samkraft/contracts/arrangements'
import type { MemberContext } from '../context.ts'
import { because, withdraw } from '../domain/move.ts'
import { moveArrangement } from './move-arrangement.ts'
import { factsOf, news } from './save-change.ts'

/** Takes the own proposal back, or leaves by the own authority's decision before the coordinator has approved. */
export function withdrawArrangement(ctx: MemberContext, input: WithdrawArrangement): Promise<ArrangementReceipt> {
  const { reasonCode, reasonText } = input
  return moveArrangement(ctx, 'withdraw', input, (_tx, arrangement, moment) => {
    const after = withdraw(arrangement, ctx.actor, because(reasonCode, reasonText), moment)
    return { after, news: [news(arrangementWithdrawn, { ...factsOf(after), reasonCode })] }
  })
}
