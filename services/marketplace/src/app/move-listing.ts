import type { Saved } from '@samkraft/contracts/marketplace'
import type { MemberContext } from '../context.ts'
import type { ListingDetails } from '../domain/listing.ts'
import type { Kind } from './kinds.ts'
import { type OnListing, rewritePublished } from './rewrite-published.ts'
import type { Telling } from './write-listing.ts'

const tellings = {
  pause: { closed: 'paused' },
  resume: 'published',
  withdraw: { closed: 'withdrawn' },
} as const satisfies Record<string, Telling>

/**
 * `pause` hides it from new proposals until `resume`; `withdraw` does so for good. What is held of it stays held:
 * arrangements end by their own rules.
 */
export function moveListing<Given, Details extends ListingDetails>(
  ctx: MemberContext,
  kind: Kind<Given, Details>,
  move: keyof typeof tellings,
  input: OnListing,
): Promise<Saved> {
  const details = ({ listing }: { listing: { details: Details } }) => listing.details
  return rewritePublished(ctx, kind, { move, id: input.id, input, details, telling: tellings[move] })
}
