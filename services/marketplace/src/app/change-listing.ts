import type { Saved } from '@samkraft/contracts/marketplace'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import type { ListingDetails } from '../domain/listing.ts'
import { mustBePublishable } from './check-listing.ts'
import type { Kind } from './kinds.ts'
import { type OnListing, rewritePublished } from './rewrite-published.ts'

/**
 * Replaces what a published one says. An offer may not be lowered below what is held of it from this week on:
 * `conflict offer.below_held` names the weeks, and the most hours a week held in them.
 */
export function changeListing<Given extends Pick<ListingDetails, 'placeMunicipality'>, Details extends ListingDetails>(
  ctx: MemberContext,
  kind: Kind<Given, Details>,
  input: OnListing & Readonly<{ details: Given }>,
): Promise<Saved> {
  const { id, details: given } = input
  return rewritePublished(ctx, kind, {
    move: 'change',
    id,
    input,
    municipality: given.placeMunicipality,
    details(locked) {
      const details = mustBePublishable(kind, ctx.vocabulary, { given, before: locked.listing.details }, locked)
      const weeks = kind.overheld(details, locked.holds, locked.today)
      if (weeks.length === 0) return details
      const held = Math.max(...weeks.map((week) => week.held))
      throw new DomainError('conflict', `${kind.noun}.below_held`, { weeks, held })
    },
  })
}
