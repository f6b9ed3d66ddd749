import { CountyFigures, GetCountyFigures, StatsSummary, SummariseStats } from '@samkraft/contracts/arrangements'
import { sumUpCounty } from '../app/sum-up-county.ts'
import { summariseStats } from '../app/summarise-stats.ts'
import { procedure, router } from './trpc.ts'

export const statsRouter = router({
  summary: procedure
    .input(SummariseStats)
    .output(StatsSummary)
    .query(({ ctx, input }) => summariseStats(ctx, input)),
  county: procedure
    .input(GetCountyFigures)
    .output(CountyFigures)
    .query(({ ctx, input }) => sumUpCounty(ctx, input)),
})
