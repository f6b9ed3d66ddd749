import { approvalRequested, type ApproveArrangement, type ArrangementReceipt } from '@samkraft/contracts/arrangements'
import type { MemberContext } from '../context.ts'
import { approve } from '../domain/move.ts'
import { moveArrangement } from './move-arrangement.ts'
import { factsOf, news } from './save-change.ts'

/**
 * The coordinator's yes. It is not approved yet: marketplace is asked for the hours, and its answer (`jobs/on-capacity-*.ts`)
 * makes it approved or sends it back to the parties.
 */
export function approveArrangement(ctx: MemberContext, input: ApproveArrangement): Promise<ArrangementReceipt> {
  return moveArrangement(ctx, 'approve', input, (_tx, arrangement, moment) => {
    const after = approve(arrangement, ctx.actor, moment)
    return { after, news: [news(approvalRequested, factsOf(after))] }
  })
}
