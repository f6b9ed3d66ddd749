import type { GetOfferConditions, OfferConditions } from '@samkraft/contracts/marketplace'
import { DomainError } from '@samkraft/kernel'
import type { Services } from '../context.ts'
import { findConditions } from '../db/conditions.ts'

/** What an offer came with at one of its versions, whatever it comes with now; `not_found offer.not_found`. */
export async function getConditions(
  { db }: Pick<Services, 'db'>,
  { offerId, version }: GetOfferConditions,
): Promise<OfferConditions> {
  const conditions = await findConditions(db, offerId, version)
  if (!conditions) throw new DomainError('not_found', 'offer.not_found')
  return conditions
}
