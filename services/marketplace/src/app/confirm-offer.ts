import { confirmedDays, type ConfirmOffer, type Saved } from '@samkraft/contracts/marketplace'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { standsUntil } from '../domain/offer.ts'
import { offers } from './kinds.ts'
import { rewritePublished } from './rewrite-published.ts'

/** The owner stands by the offer until a day that has not passed; without one for another 90 days, or until it begins. */
export function confirmOffer(ctx: MemberContext, input: ConfirmOffer): Promise<Saved> {
  return rewritePublished(ctx, offers, {
    move: 'confirm',
    id: input.offerId,
    input,
    details({ listing: { details }, today }) {
      const confirmedUntil = input.until ?? standsUntil(details, today, confirmedDays)
      if (confirmedUntil >= today) return { ...details, confirmedUntil }
      const fields = { until: { code: 'confirmed_until.past', details: { minimum: today } } }
      throw new DomainError('invalid', 'offer.incomplete', { fields })
    },
  })
}
