import { cursorPage } from '@samkraft/contracts'
import {
  CompetenceDetail,
  CompetenceSuggestions,
  CompetenceView,
  GetCompetence,
  ListCompetences,
  SuggestCompetences,
} from '@samkraft/contracts/marketplace'
import { getCompetence, listCompetences, suggestCompetences } from '../app/find-competences.ts'
import { procedure, router } from './trpc.ts'

export const competenceRouter = router({
  list: procedure
    .input(ListCompetences)
    .output(cursorPage(CompetenceView))
    .query(({ ctx, input }) => listCompetences(ctx, input)),
  suggest: procedure
    .input(SuggestCompetences)
    .output(CompetenceSuggestions)
    .query(({ ctx, input }) => suggestCompetences(ctx, input)),
  get: procedure
    .input(GetCompetence)
    .output(CompetenceDetail)
    .query(({ ctx, input }) => getCompetence(ctx, input.slug)),
})
