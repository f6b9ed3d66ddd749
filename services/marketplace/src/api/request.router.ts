import { cursorPage } from '@samkraft/contracts'
import {
  ChangeRequest,
  CountRequests,
  CountView,
  DiscardRequestDraft,
  Discarded,
  GetRequest,
  GetRequestFigures,
  ListMine,
  ListRequests,
  MyRequest,
  RequestDraftView,
  RequestFigures,
  RequestItem,
  RequestView,
  PauseRequest,
  PublishRequest,
  ResumeRequest,
  Saved,
  SaveRequestDraft,
  WithdrawRequest,
} from '@samkraft/contracts/marketplace'
import { changeListing } from '../app/change-listing.ts'
import { discardDraft } from '../app/discard-draft.ts'
import { getListing, getRequestDraft } from '../app/get-listing.ts'
import { requests } from '../app/kinds.ts'
import { countListings, listListings } from '../app/list-listings.ts'
import { moveListing } from '../app/move-listing.ts'
import { listMyRequests } from '../app/own-listings.ts'
import { publishListing } from '../app/publish-listing.ts'
import { saveDraft } from '../app/save-draft.ts'
import { sumUpRequests } from '../app/sum-up-requests.ts'
import { asWritten } from './as-written.ts'
import { procedure, router } from './trpc.ts'

/** The use cases are the same for offers and requests; here a request's id gets their name. */
function onListing<Input extends { requestId?: string | undefined }>({ requestId, ...rest }: Input) {
  return { ...rest, id: requestId as Input['requestId'] }
}

export const requestRouter = router({
  list: procedure
    .input(ListRequests)
    .output(cursorPage(asWritten(RequestItem)))
    .query(({ ctx, input }) => listListings<RequestItem>(ctx, 'request', input)),
  count: procedure
    .input(CountRequests)
    .output(CountView)
    .query(({ ctx, input }) => countListings(ctx, 'request', input)),
  get: procedure
    .input(GetRequest)
    .output(asWritten(RequestView))
    .query(({ ctx, input }) => getListing<RequestView>(ctx, 'request', input.requestId)),
  figures: procedure
    .input(GetRequestFigures)
    .output(RequestFigures)
    .query(({ ctx, input }) => sumUpRequests(ctx, input)),
  mine: procedure
    .input(ListMine)
    .output(cursorPage(MyRequest))
    .query(({ ctx, input }) => listMyRequests(ctx, input)),
  draftGet: procedure
    .input(GetRequest)
    .output(RequestDraftView)
    .query(({ ctx, input }) => getRequestDraft(ctx, input.requestId)),
  saveDraft: procedure
    .input(SaveRequestDraft)
    .output(Saved)
    .mutation(({ ctx, input }) => saveDraft(ctx, 'request', onListing(input))),
  discardDraft: procedure
    .input(DiscardRequestDraft)
    .output(Discarded)
    .mutation(({ ctx, input }) => discardDraft(ctx, 'request', onListing(input))),
  publish: procedure
    .input(PublishRequest)
    .output(Saved)
    .mutation(({ ctx, input }) => publishListing(ctx, requests, onListing(input))),
  change: procedure
    .input(ChangeRequest)
    .output(Saved)
    .mutation(({ ctx, input }) => changeListing(ctx, requests, onListing(input))),
  pause: procedure
    .input(PauseRequest)
    .output(Saved)
    .mutation(({ ctx, input }) => moveListing(ctx, requests, 'pause', onListing(input))),
  resume: procedure
    .input(ResumeRequest)
    .output(Saved)
    .mutation(({ ctx, input }) => moveListing(ctx, requests, 'resume', onListing(input))),
  withdraw: procedure
    .input(WithdrawRequest)
    .output(Saved)
    .mutation(({ ctx, input }) => moveListing(ctx, requests, 'withdraw', onListing(input))),
})
