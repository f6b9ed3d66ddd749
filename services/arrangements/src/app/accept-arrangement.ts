import {
  type AcceptArrangement,
  type ArrangementReceipt,
  arrangementTermsAccepted,
} from '@samkraft/contracts/arrangements'
import type { MemberContext } from '../context.ts'
import { accept } from '../domain/move.ts'
import { moveArrangement } from './move-arrangement.ts'
import { factsOf, news } from './save-change.ts'

/** Says yes to the latest terms for the own organisation; when all have, the lender's authority decides. */
export function acceptArrangement(ctx: MemberContext, input: AcceptArrangement): Promise<ArrangementReceipt> {
  return moveArrangement(ctx, 'accept', input, (_tx, arrangement, moment) => {
    const after = accept(arrangement, ctx.actor, moment)
    const { organisationId } = ctx.actor
    return { after, news: [news(arrangementTermsAccepted, { ...factsOf(after), organisationId })] }
  })
}
