import { ArrangementReceipt, ListWorklist, SetFollowUp, Worklist } from '@samkraft/contracts/arrangements'
import { listWorklist } from '../app/list-worklist.ts'
import { setFollowUp } from '../app/set-follow-up.ts'
import { procedure, router } from './trpc.ts'

export const worklistRouter = router({
  list: procedure
    .input(ListWorklist)
    .output(Worklist)
    .query(({ ctx, input }) => listWorklist(ctx, input)),
  setFollowUp: procedure
    .input(SetFollowUp)
    .output(ArrangementReceipt)
    .mutation(({ ctx, input }) => setFollowUp(ctx, input)),
})
