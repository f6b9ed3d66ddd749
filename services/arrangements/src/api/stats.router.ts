import { StatsSummary, SummariseStats } from '@samkraft/contracts/arrangements'
import { summariseStats } from '../app/summarise-stats.ts'
import { procedure, router } from './trpc.ts'

export const statsRouter = router({
  summary: procedure
    .input(SummariseStats)
    .output(StatsSummary)
    .query(({ ctx, input }) => summariseStats(ctx, input)),
})
