import type { GetLedger, LedgerView, OfferView } from '@samkraft/contracts/marketplace'
import { mondayOf } from '@samkraft/kernel'
import type { Services } from '../context.ts'
import { readHolds } from '../db/holds.ts'
import { ledgerOf } from '../domain/ledger.ts'
import { getListing } from './get-listing.ts'

/** Offered, reserved, agreed and left of an offer, week by week. */
export async function getLedger({ db }: Pick<Services, 'db'>, input: GetLedger): Promise<LedgerView> {
  const { offerId, from, weeks: count } = input
  const offer = getListing<OfferView>({ db }, 'offer', offerId)
  const [{ details }, holds] = await Promise.all([offer, readHolds(db, 'offer', offerId)])
  const first = from === undefined ? '' : mondayOf(from)
  const weeks = ledgerOf(details, holds).filter(({ week }) => week >= first)
  return {
    offerId,
    reserveFloor: details.reserveFloor,
    weeks: weeks.slice(0, count),
    next: weeks[count]?.week ?? null,
  }
}
