import { runCommand } from '@samkraft/db'
import { confirmedDays, type ConfirmOffer, type Saved } from '@samkraft/contracts/marketplace'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { lockOwnQuery } from '../db/listings.ts'
import { isOpen, nextStatus } from '../domain/life.ts'
import { standsUntil } from '../domain/offer.ts'
import { offers } from './kinds.ts'
import { lockOwnAndPublic } from './lock-listing.ts'
import { writePublished } from './write-listing.ts'

/** The owner stands by the offer until a day that has not passed; without one for another 90 days, or until it begins. */
export function confirmOffer(ctx: MemberContext, input: ConfirmOffer): Promise<Saved> {
  const { db, actor, requestId, vocabulary } = ctx
  const { organisationId, personId } = actor
  const command = 'offer.confirm'
  const { offerId: id, version: seen, until } = input
  const call = { name: command, key: input.commandKey, input, opening: lockOwnQuery('offer', { organisationId, id }) }
  return runCommand(db, actor, call, async (tx, keep, rows) => {
    const locked = await lockOwnAndPublic(tx, offers, rows, { seen, move: 'confirm' })
    const { listing: before, holds, today } = locked
    const confirmedUntil = until ?? standsUntil(before.details, today, confirmedDays)
    if (confirmedUntil < today) {
      const fields = { until: { code: 'confirmed_until.past', details: { minimum: today } } }
      throw new DomainError('invalid', 'offer.incomplete', { fields })
    }
    const status = nextStatus('offer', before.status, 'confirm')
    return writePublished(tx, offers, vocabulary, {
      act: { command, requestId, organisationId, personId },
      locked,
      before,
      after: { ...before, status, version: before.version + 1 },
      details: { ...before.details, confirmedUntil },
      holds,
      telling: isOpen(status) ? 'changed' : null,
      keep,
    })
  })
}
