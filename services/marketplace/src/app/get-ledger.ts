import type { GetLedger, LedgerView } from '@samkraft/contracts/marketplace'
import type { OfferDetails } from '@samkraft/contracts/marketplace'
import { DomainError, mondayOf } from '@samkraft/kernel'
import { z } from 'zod'
import type { Services } from '../context.ts'
import { readHolds } from '../db/holds.ts'
import { readView } from '../db/published.ts'
import { ledgerOf } from '../domain/ledger.ts'

// What was published is read as it is kept: a rule for what is written from now on does not hide it.
const WithDetails = z.object({ details: z.custom<OfferDetails>() })

/** Offered, reserved, agreed and left of an offer, week by week. */
export async function getLedger({ db }: Pick<Services, 'db'>, input: GetLedger): Promise<LedgerView> {
  const { offerId, from, weeks: count } = input
  const [view, holds] = await Promise.all([readView(db, 'offer', offerId), readHolds(db, 'offer', offerId)])
  if (!view) throw new DomainError('not_found', 'offer.not_found')
  const { details } = WithDetails.parse(view)
  const first = from === undefined ? '' : mondayOf(from)
  const weeks = ledgerOf(details, holds).filter(({ week }) => week >= first)
  return {
    offerId,
    reserveFloor: details.reserveFloor,
    weeks: weeks.slice(0, count),
    next: weeks[count]?.week ?? null,
  }
}
