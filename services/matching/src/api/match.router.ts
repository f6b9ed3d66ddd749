import {
  MatchesForOffer,
  MatchesForOfferInput,
  MatchesForRequest,
  MatchesForRequestInput,
  MatchInput,
  MatchView,
  OwnMatchesForRequest,
  SeeMatches,
  SeenMatches,
  ServedCounts,
  ServedCountsInput,
  ServingCounts,
  ServingCountsInput,
} from '@samkraft/contracts/matching'
import { getMatch } from '../app/get-match.ts'
import { countServed } from '../app/count-served.ts'
import { countServing } from '../app/count-serving.ts'
import { listMatchesForOffer } from '../app/list-matches-for-offer.ts'
import { listMatchesForRequest } from '../app/list-matches-for-request.ts'
import { listOwnMatchesForRequest } from '../app/list-own-matches-for-request.ts'
import { seeMatches } from '../app/see-matches.ts'
import { procedure, router } from './trpc.ts'

export const matchRouter = router({
  forRequest: procedure
    .input(MatchesForRequestInput)
    .output(MatchesForRequest)
    .query(({ ctx, input }) => listMatchesForRequest(ctx, input)),
  ownForRequest: procedure
    .input(MatchesForRequestInput)
    .output(OwnMatchesForRequest)
    .query(({ ctx, input }) => listOwnMatchesForRequest(ctx, input)),
  servingCounts: procedure
    .input(ServingCountsInput)
    .output(ServingCounts)
    .query(({ ctx, input }) => countServing(ctx, input)),
  servedCounts: procedure
    .input(ServedCountsInput)
    .output(ServedCounts)
    .query(({ ctx, input }) => countServed(ctx, input)),
  forOffer: procedure
    .input(MatchesForOfferInput)
    .output(MatchesForOffer)
    .query(({ ctx, input }) => listMatchesForOffer(ctx, input)),
  get: procedure
    .input(MatchInput)
    .output(MatchView)
    .query(({ ctx, input }) => getMatch(ctx, input)),
  seen: procedure
    .input(SeeMatches)
    .output(SeenMatches)
    .mutation(({ ctx, input }) => seeMatches(ctx, input)),
})
