import { announce, appendEvent, recordAudit } from '@samkraft/db'
import type { ArrangementFacts } from '@samkraft/contracts/arrangements'
import { capacityRefused, capacityReserved, requestCoverageChanged } from '@samkraft/contracts/marketplace'
import type { Transaction } from 'kysely'
import type { Services } from '../context.ts'
import { insertHolds, readHolds, releaseHolds } from '../db/holds.ts'
import { lockOwn } from '../db/listings.ts'
import type { Schema } from '../db/schema.ts'
import { shortfallOf } from '../domain/ledger.ts'
import { stillGives } from '../domain/life.ts'
import { offers, requests } from './kinds.ts'
import { asPublished } from './lock-listing.ts'
import { showRemaining } from './show-remaining.ts'

/** Whose arrangement it is about, and the request id its log lines carry. */
export type ForArrangement = Readonly<{ facts: ArrangementFacts; requestId: string }>

/**
 * Holds all hours of an approved arrangement, or none, and says which. The offer's row is locked from the question to the
 * answer: two approvals for the last hours stand in line, and the second finds them gone.
 * An arrangement that held hours before (it is being changed) has them exchanged for the new ones.
 */
export async function reserveCapacity(
  tx: Transaction<Schema>,
  { vocabulary }: Pick<Services, 'vocabulary'>,
  { facts, requestId }: ForArrangement,
): Promise<void> {
  const { arrangementId, offerId, lenderId, shares } = facts
  const about = { aggregateId: offerId, organisationId: lenderId, requestId }
  const { listing, today } = await lockOwn(tx, 'offer', { organisationId: lenderId, id: offerId })
  if (!listing || !stillGives(listing.status)) {
    const data = { offerId, arrangementId, reason: 'not_open' as const, shortfall: null }
    return appendEvent(tx, capacityRefused, { ...about, data })
  }
  const others = await readHolds(tx, 'offer', offerId, { except: arrangementId })
  const shortfall = shortfallOf(asPublished(offers, listing).details, others, shares)
  if (shortfall) {
    const data = { offerId, arrangementId, reason: 'not_enough' as const, shortfall }
    return appendEvent(tx, capacityRefused, { ...about, data })
  }
  const before = await releaseHolds(tx, arrangementId)
  await insertHolds(tx, { offerId, lenderId, arrangementId }, shares)
  const shown = await showRemaining(tx, offers, vocabulary, { id: offerId, today })
  if (!shown) throw new Error(`offer ${offerId} was published but nobody can read it`)
  await appendEvent(tx, capacityReserved, { ...about, data: { offerId, arrangementId, shares, left: [...shown.left] } })
  await recordAudit(tx, {
    organisationId: lenderId,
    personId: null,
    requestId,
    command: 'ledger.reserve',
    subjectType: 'offer',
    subjectId: offerId,
    before: null,
    after: { arrangementId, shares },
    concerns: [...new Set(shares.map(({ organisationId }) => organisationId))],
  })
  announce(tx, { organisations: [lenderId], noun: 'offer', id: offerId })
  const requestIds = [...before.requestIds, ...shares.map(({ requestId: id }) => id)]
  await tellCoverage(tx, { vocabulary }, { arrangementId, requestIds, requestId, today })
}

/** Tells of each request how much of it is now uncovered, in one order for all, so that no two wait for each other. */
export async function tellCoverage(
  tx: Transaction<Schema>,
  { vocabulary }: Pick<Services, 'vocabulary'>,
  {
    arrangementId,
    requestIds,
    requestId,
    today,
  }: { arrangementId: string; requestIds: readonly string[]; requestId: string; today: string },
): Promise<void> {
  for (const id of [...new Set(requestIds)].sort()) {
    const shown = await showRemaining(tx, requests, vocabulary, { id, today })
    if (!shown) continue
    const { organisationId, left } = shown
    const data = { requestId: id, arrangementId, left: [...left] }
    await appendEvent(tx, requestCoverageChanged, { aggregateId: id, organisationId, requestId, data })
    announce(tx, { organisations: [organisationId], noun: 'request', id })
  }
}
