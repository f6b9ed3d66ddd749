import { asActor } from '@samkraft/db'
import { OfferDraft, type OfferDraftView, RequestDraft, type RequestDraftView } from '@samkraft/contracts/marketplace'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext, Services } from '../context.ts'
import { readDraft } from '../db/own.ts'
import { readView } from '../db/published.ts'
import type { ListingDetails, Noun } from '../domain/listing.ts'
import { checkDetails } from './check-listing.ts'
import { type Kind, offers, requests } from './kinds.ts'

/** Everything every party may read of one that is or was published, whatever its status now. */
export async function getListing<View>({ db }: Pick<Services, 'db'>, noun: Noun, id: string): Promise<View> {
  const view = await readView(db, noun, id)
  if (!view) throw new DomainError('not_found', `${noun}.not_found`)
  // It is what `showOffer` and `showRequest` wrote, kept as they wrote it.
  return view as View
}

/** One of the own as it was last saved, with what is still in the way of publishing it; `not_found offer.not_found`. */
export async function getOfferDraft(ctx: MemberContext, id: string): Promise<OfferDraftView> {
  const { details, ...rest } = await ownDraft(ctx, offers, id)
  return { ...rest, details: OfferDraft.parse(details) }
}

/** The same of a request; `not_found request.not_found`. */
export async function getRequestDraft(ctx: MemberContext, id: string): Promise<RequestDraftView> {
  const { details, ...rest } = await ownDraft(ctx, requests, id)
  return { ...rest, details: RequestDraft.parse(details) }
}

async function ownDraft<Given, Details extends ListingDetails>(
  { db, actor, vocabulary }: MemberContext,
  kind: Kind<Given, Details>,
  id: string,
) {
  const row = await asActor(db, actor, (tx) => readDraft(tx, kind.noun, id))
  if (!row) throw new DomainError('not_found', `${kind.noun}.not_found`)
  const { today, at, ...draft } = row
  return { ...draft, problems: checkDetails(kind, vocabulary, { draft: row.details }, { today, at }).problems ?? {} }
}
