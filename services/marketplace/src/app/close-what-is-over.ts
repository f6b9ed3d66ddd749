import { randomUUID } from 'node:crypto'
import { announce, asOrganisation } from '@samkraft/db'
import { eachInTurn } from '@samkraft/jobs'
import type { Services } from '../context.ts'
import { readHolds } from '../db/holds.ts'
import { lockOwn } from '../db/listings.ts'
import { type Due, findGoneBy, findOver, findUnconfirmed, lockPublished } from '../db/published.ts'
import { nextStatus } from '../domain/life.ts'
import { closesOn, type ListingDetails } from '../domain/listing.ts'
import { type Kind, offers, requests } from './kinds.ts'
import { asPublished } from './lock-listing.ts'
import { showRemaining } from './show-remaining.ts'
import { writePublished } from './write-listing.ts'

const atOnce = 200

/**
 * What the database's clock has overtaken: offers and requests whose period or last day has passed expire, offers their owner
 * no longer stands by are shown as stale, and weeks that are gone by are no longer counted as left or lacking. Several
 * processes may do this at once: each row is looked at anew once locked.
 */
export async function closeWhatIsOver(services: Services, signal: AbortSignal): Promise<void> {
  const { db } = services
  const overOffers = await findOver(db, 'offer', atOnce)
  const overRequests = await findOver(db, 'request', atOnce)
  const agedOffers = [...(await findUnconfirmed(db, atOnce)), ...(await findGoneBy(db, 'offer', atOnce))]
  const agedRequests = await findGoneBy(db, 'request', atOnce)
  const due = [
    ...overOffers.map((one) => () => expire(services, offers, one)),
    ...overRequests.map((one) => () => expire(services, requests, one)),
    ...agedOffers.map((one) => () => showAsOfToday(services, offers, one)),
    ...agedRequests.map((one) => () => showAsOfToday(services, requests, one)),
  ]
  await eachInTurn(due, (close) => close(), signal)
}

function expire<Given, Details extends ListingDetails>(
  { db, vocabulary }: Services,
  kind: Kind<Given, Details>,
  { id, organisationId }: Due,
): Promise<void> {
  const { noun } = kind
  return asOrganisation(db, organisationId, async (tx) => {
    const locked = await lockOwn(tx, noun, { organisationId, id })
    const { listing, today } = locked
    if (!listing || (listing.status !== 'published' && listing.status !== 'paused')) return
    const before = asPublished(kind, listing)
    if (closesOn(before.details) > today) return
    await lockPublished(tx, noun, id)
    const holds = await readHolds(tx, noun, id)
    await writePublished(tx, kind, vocabulary, {
      act: { command: `${noun}.expire`, requestId: randomUUID(), organisationId, personId: null },
      locked,
      before,
      after: { ...before, status: nextStatus(noun, before.status, 'expire'), version: before.version + 1 },
      details: before.details,
      holds,
      telling: { closed: 'expired' },
    })
  })
}

function showAsOfToday<Given, Details extends ListingDetails>(
  { db, vocabulary }: Services,
  kind: Kind<Given, Details>,
  { id, organisationId }: Due,
): Promise<void> {
  const { noun } = kind
  return asOrganisation(db, organisationId, async (tx) => {
    const { listing, today } = await lockOwn(tx, noun, { organisationId, id })
    if (!listing) return
    await showRemaining(tx, kind, vocabulary, { id, today })
    announce(tx, { organisations: [organisationId], noun, id })
  })
}
