import { type ArrangementReceipt, arrangementReturned, type ReturnArrangement } from '@samkraft/contracts/arrangements'
import type { MemberContext } from '../context.ts'
import { because, sendBack } from '../domain/move.ts'
import { moveArrangement } from './move-arrangement.ts'
import { factsOf, news } from './save-change.ts'

/** The coordinator sends it back to the parties and says what is missing; it changes no term and no decision itself. */
export function returnArrangement(ctx: MemberContext, input: ReturnArrangement): Promise<ArrangementReceipt> {
  const { reasonCode, reasonText } = input
  return moveArrangement(ctx, 'return', input, (_tx, arrangement, moment) => {
    const after = sendBack(arrangement, ctx.actor, because(reasonCode, reasonText), moment)
    return { after, news: [news(arrangementReturned, { ...factsOf(after), reasonCode })] }
  })
}
