import { cursorPage } from '@samkraft/contracts'
import {
  ChangeOffer,
  ConfirmOffer,
  CountOffers,
  CountView,
  DiscardOfferDraft,
  Discarded,
  GetOffer,
  GetOfferConditions,
  ListMine,
  ListOffers,
  MyOffer,
  OfferConditions,
  OfferDraftView,
  OfferItem,
  OfferView,
  PauseOffer,
  PublishOffer,
  ResumeOffer,
  Saved,
  SaveOfferDraft,
  WithdrawOffer,
} from '@samkraft/contracts/marketplace'
import { changeListing } from '../app/change-listing.ts'
import { confirmOffer } from '../app/confirm-offer.ts'
import { discardDraft } from '../app/discard-draft.ts'
import { getConditions } from '../app/get-conditions.ts'
import { getListing, getOfferDraft } from '../app/get-listing.ts'
import { offers } from '../app/kinds.ts'
import { countListings, listListings } from '../app/list-listings.ts'
import { moveListing } from '../app/move-listing.ts'
import { listMyOffers } from '../app/own-listings.ts'
import { publishListing } from '../app/publish-listing.ts'
import { saveDraft } from '../app/save-draft.ts'
import { asWritten } from './as-written.ts'
import { procedure, router } from './trpc.ts'

/** The use cases are the same for offers and requests; here an offer's id gets their name. */
function onListing<Input extends { offerId?: string | undefined }>({ offerId, ...rest }: Input) {
  return { ...rest, id: offerId as Input['offerId'] }
}

export const offerRouter = router({
  list: procedure
    .input(ListOffers)
    .output(cursorPage(asWritten(OfferItem)))
    .query(({ ctx, input }) => listListings<OfferItem>(ctx, 'offer', input)),
  count: procedure
    .input(CountOffers)
    .output(CountView)
    .query(({ ctx, input }) => countListings(ctx, 'offer', input)),
  get: procedure
    .input(GetOffer)
    .output(asWritten(OfferView))
    .query(({ ctx, input }) => getListing<OfferView>(ctx, 'offer', input.offerId)),
  conditions: procedure
    .input(GetOfferConditions)
    .output(OfferConditions)
    .query(({ ctx, input }) => getConditions(ctx, input)),
  mine: procedure
    .input(ListMine)
    .output(cursorPage(MyOffer))
    .query(({ ctx, input }) => listMyOffers(ctx, input)),
  draftGet: procedure
    .input(GetOffer)
    .output(OfferDraftView)
    .query(({ ctx, input }) => getOfferDraft(ctx, input.offerId)),
  saveDraft: procedure
    .input(SaveOfferDraft)
    .output(Saved)
    .mutation(({ ctx, input }) => saveDraft(ctx, 'offer', onListing(input))),
  discardDraft: procedure
    .input(DiscardOfferDraft)
    .output(Discarded)
    .mutation(({ ctx, input }) => discardDraft(ctx, 'offer', onListing(input))),
  publish: procedure
    .input(PublishOffer)
    .output(Saved)
    .mutation(({ ctx, input }) => publishListing(ctx, offers, onListing(input))),
  change: procedure
    .input(ChangeOffer)
    .output(Saved)
    .mutation(({ ctx, input }) => changeListing(ctx, offers, onListing(input))),
  pause: procedure
    .input(PauseOffer)
    .output(Saved)
    .mutation(({ ctx, input }) => moveListing(ctx, offers, 'pause', onListing(input))),
  resume: procedure
    .input(ResumeOffer)
    .output(Saved)
    .mutation(({ ctx, input }) => moveListing(ctx, offers, 'resume', onListing(input))),
  withdraw: procedure
    .input(WithdrawOffer)
    .output(Saved)
    .mutation(({ ctx, input }) => moveListing(ctx, offers, 'withdraw', onListing(input))),
  confirm: procedure
    .input(ConfirmOffer)
    .output(Saved)
    .mutation(({ ctx, input }) => confirmOffer(ctx, input)),
})
