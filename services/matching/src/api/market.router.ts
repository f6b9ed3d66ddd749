import { PageInput } from '@samkraft/contracts'
import { UnmetRequests } from '@samkraft/contracts/matching'
import { listUnmet } from '../app/list-unmet.ts'
import { procedure, router } from './trpc.ts'

export const marketRouter = router({
  unmet: procedure
    .input(PageInput)
    .output(UnmetRequests)
    .query(({ ctx, input }) => listUnmet(ctx, input)),
})
