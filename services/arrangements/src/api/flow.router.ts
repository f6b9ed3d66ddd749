import { FlowList, ListFlows } from '@samkraft/contracts/arrangements'
import { listFlows } from '../app/list-flows.ts'
import { procedure, router } from './trpc.ts'

export const flowRouter = router({
  list: procedure
    .input(ListFlows)
    .output(FlowList)
    .query(({ ctx, input }) => listFlows(ctx, input)),
})
