import { PageInput } from '@samkraft/contracts'
import {
  InviteToPooledNeed,
  JoinPooledNeed,
  LeavePooledNeed,
  PooledNeedDetails,
  PooledNeedInput,
  PooledNeedPage,
  PooledNeedReceipt,
  PooledNeedsForOffer,
  PooledNeedsForOfferInput,
  PooledNeedsForRequest,
  PooledNeedsForRequestInput,
  PooledSuggestions,
  StartPooledNeed,
} from '@samkraft/contracts/matching'
import { getPooledNeed } from '../app/get-pooled-need.ts'
import { inviteToPooledNeed } from '../app/invite-to-pooled-need.ts'
import { joinPooledNeed } from '../app/join-pooled-need.ts'
import { leavePooledNeed } from '../app/leave-pooled-need.ts'
import { listPooledNeeds } from '../app/list-pooled-needs.ts'
import { listPooledNeedsForOffer } from '../app/list-pooled-needs-for-offer.ts'
import { listPooledNeedsForRequest } from '../app/list-pooled-needs-for-request.ts'
import { startPooledNeed } from '../app/start-pooled-need.ts'
import { suggestPooledNeeds } from '../app/suggest-pooled-needs.ts'
import { procedure, router } from './trpc.ts'

export const pooledNeedRouter = router({
  start: procedure
    .input(StartPooledNeed)
    .output(PooledNeedReceipt)
    .mutation(({ ctx, input }) => startPooledNeed(ctx, input)),
  invite: procedure
    .input(InviteToPooledNeed)
    .output(PooledNeedReceipt)
    .mutation(({ ctx, input }) => inviteToPooledNeed(ctx, input)),
  join: procedure
    .input(JoinPooledNeed)
    .output(PooledNeedReceipt)
    .mutation(({ ctx, input }) => joinPooledNeed(ctx, input)),
  leave: procedure
    .input(LeavePooledNeed)
    .output(PooledNeedReceipt)
    .mutation(({ ctx, input }) => leavePooledNeed(ctx, input)),
  get: procedure
    .input(PooledNeedInput)
    .output(PooledNeedDetails)
    .query(({ ctx, input }) => getPooledNeed(ctx, input)),
  forRequest: procedure
    .input(PooledNeedsForRequestInput)
    .output(PooledNeedsForRequest)
    .query(({ ctx, input }) => listPooledNeedsForRequest(ctx, input)),
  forOffer: procedure
    .input(PooledNeedsForOfferInput)
    .output(PooledNeedsForOffer)
    .query(({ ctx, input }) => listPooledNeedsForOffer(ctx, input)),
  list: procedure
    .input(PageInput)
    .output(PooledNeedPage)
    .query(({ ctx, input }) => listPooledNeeds(ctx, input)),
  suggest: procedure.output(PooledSuggestions).query(({ ctx }) => suggestPooledNeeds(ctx)),
})
