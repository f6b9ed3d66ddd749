import { announce, appendEvent, recordAudit } from '@samkraft/db'
import { capacityReleased } from '@samkraft/contracts/marketplace'
import { addDays } from '@samkraft/kernel'
import type { Transaction } from 'kysely'
import type { Services } from '../context.ts'
import { agreeHolds, cutHolds, releaseHolds } from '../db/holds.ts'
import { lockOwn } from '../db/listings.ts'
import type { Schema } from '../db/schema.ts'
import { offers } from './kinds.ts'
import { type ForArrangement, tellCoverage } from './reserve-capacity.ts'
import { showRemaining } from './show-remaining.ts'

/** The arrangement is approved: what was reserved for it is agreed. Nothing more or less is left for others. */
export async function agreeCapacity(tx: Transaction<Schema>, { facts }: Pick<ForArrangement, 'facts'>): Promise<void> {
  const { requestIds } = await agreeHolds(tx, facts.arrangementId)
  if (requestIds.length > 0) announce(tx, { organisations: [facts.lenderId], noun: 'offer', id: facts.offerId })
}

/**
 * The arrangement has come to nothing, or ended: its hours are free again, all of them or those after `lastDay`.
 * What it never held or no longer holds changes nothing and is not told.
 */
export async function releaseCapacity(
  tx: Transaction<Schema>,
  { vocabulary }: Pick<Services, 'vocabulary'>,
  { facts, requestId, lastDay }: ForArrangement & { lastDay?: string },
): Promise<void> {
  const { arrangementId, offerId, lenderId, shares } = facts
  const { today } = await lockOwn(tx, 'offer', { organisationId: lenderId, id: offerId })
  const { requestIds } =
    lastDay === undefined
      ? await releaseHolds(tx, arrangementId)
      : await cutHolds(tx, arrangementId, addDays(lastDay, 1))
  if (requestIds.length === 0) return
  const shown = await showRemaining(tx, offers, vocabulary, { id: offerId, today })
  if (!shown) throw new Error(`hours of offer ${offerId} were held but nobody can read it`)
  const data = { offerId, arrangementId, left: [...shown.left] }
  await appendEvent(tx, capacityReleased, { aggregateId: offerId, organisationId: lenderId, requestId, data })
  await recordAudit(tx, {
    organisationId: lenderId,
    personId: null,
    requestId,
    command: 'ledger.release',
    subjectType: 'offer',
    subjectId: offerId,
    before: null,
    after: { arrangementId, lastDay: lastDay ?? null },
    concerns: [...new Set(shares.map(({ organisationId }) => organisationId))],
  })
  announce(tx, { organisations: [lenderId], noun: 'offer', id: offerId })
  await tellCoverage(tx, { vocabulary }, { arrangementId, requestIds, requestId, today })
}
