import type { OfferFacts, WeeklyHours } from '@samkraft/contracts/marketplace'
import { askTogether, daterange, sentWithNext } from '@samkraft/db'
import { type Kysely, sql, type Transaction } from 'kysely'
import { mostHours, spanOf } from '../domain/parties.ts'
import type { Candidate } from './candidate-offers.ts'
import { positionOf, seatOf } from './organisations.ts'
import type { Schema } from './schema.ts'
import { isDue, stale } from './stale.ts'

/** An offer as an event tells of it. */
export type OfferCopy = Readonly<{
  offerId: string
  organisationId: string
  open: boolean
  facts: OfferFacts
}>

/** Keeps what an event says of an offer, and marks its matches as behind. `changeId` is the change's request id in the logs. */
export async function saveOffer(tx: Transaction<Schema>, copy: OfferCopy, changeId: string): Promise<void> {
  const { offerId, organisationId, open } = copy
  const place = { organisation_id: organisationId, place_organisation_id: copy.facts.placeOrganisationId ?? null }
  const row = {
    ...place,
    open,
    facts: JSON.stringify(copy.facts),
    ...stale(tx, changeId),
  }
  await tx
    .insertInto('offer')
    .values({ offer_id: offerId, revision: 1, ...row })
    .onConflict((conflict) =>
      conflict
        .column('offer_id')
        .doUpdateSet((old) => ({ ...row, revision: sql<number>`${old.ref('offer.revision')} + 1` })),
    )
    .modifyEnd(sentWithNext)
    .execute()
  await tx.deleteFrom('offer_competence').where('offer_id', '=', offerId).modifyEnd(sentWithNext).execute()
  const span = spanOf(copy.facts.left)
  if (!open || !span) return
  const competences = new Set([copy.facts.mainCompetence, ...copy.facts.otherCompetences])
  await tx
    .insertInto('offer_competence')
    .values(
      [...competences].map((competence) => ({
        offer_id: offerId,
        competence,
        period: daterange(span),
        ...place,
        most_hours: mostHours(copy.facts.left),
        place: copy.facts.place,
        travel_km: copy.facts.travelKm,
      })),
    )
    .modifyEnd(sentWithNext)
    .execute()
}

/** The copy as it stands; undefined when no event has told of the offer yet. */
export async function findOffer(tx: Transaction<Schema>, offerId: string): Promise<OfferCopy | undefined> {
  const row = await tx
    .selectFrom('offer')
    .select(['organisation_id', 'open', 'facts'])
    .where('offer_id', '=', offerId)
    .executeTakeFirst()
  return row && { offerId, organisationId: row.organisation_id, open: row.open, facts: row.facts }
}

/** Open offers with where they set out from, as they are weighed, by id; those that are closed or not known here are left out. */
export async function findOffered(
  db: Kysely<Schema>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Candidate['offered']>> {
  const rows = await db
    .selectFrom('offer as f')
    .leftJoin('organisation as at', (join) => join.on('at.organisation_id', '=', seatOf('f')))
    .select(['f.offer_id', 'f.organisation_id', 'f.facts', 'at.latitude', 'at.longitude'])
    .where(sql<boolean>`f.offer_id = any(${[...ids]}::uuid[])`)
    .where('f.open', '=', true)
    .execute()
  return new Map(
    rows.map((row) => [
      row.offer_id,
      { organisationId: row.organisation_id, position: positionOf(row), facts: row.facts },
    ]),
  )
}

/** The hours left of an offer have changed; nothing else has. */
export async function saveOfferLeft(
  tx: Transaction<Schema>,
  { offerId, left }: { offerId: string; left: WeeklyHours[] },
  changeId: string,
): Promise<void> {
  const offer = await findOffer(tx, offerId)
  if (offer) await saveOffer(tx, { ...offer, facts: { ...offer.facts, left } }, changeId)
}

/**
 * Keeps these offers from changing until the transaction ends, and returns those that have changed since their match
 * was computed: the second look of ADR 24.
 */
export async function changedMeanwhile(
  tx: Transaction<Schema>,
  seen: readonly Readonly<{ offerId: string; revision: number }>[],
): Promise<string[]> {
  if (seen.length === 0) return []
  const rows = await tx
    .selectFrom('offer')
    .select(['offer_id', 'revision', 'open'])
    .where(sql<boolean>`offer_id = any(${seen.map(({ offerId }) => offerId)}::uuid[])`)
    .orderBy('offer_id')
    .forShare()
    .execute()
  const now = new Map(rows.map(({ offer_id, revision }) => [offer_id, revision]))
  return seen.filter(({ offerId, revision }) => now.get(offerId) !== revision).map(({ offerId }) => offerId)
}

export type HeldOffer = Candidate & Readonly<{ open: boolean; changeId: string | null }>

/**
 * Keeps other workers off this offer until the transaction ends, without locking its row, which comes after all requests
 * (ADR 24). Undefined when another worker has it or it is not behind.
 */
export async function holdOffer(tx: Transaction<Schema>, offerId: string): Promise<HeldOffer | undefined> {
  const lock = sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${offerId}, 0)) as held`
  const offer = tx
    .selectFrom('offer as f')
    .leftJoin('organisation as at', (join) => join.on('at.organisation_id', '=', seatOf('f')))
    .select(['f.organisation_id', 'f.revision', 'f.open', 'f.facts', 'f.stale_by', 'at.latitude', 'at.longitude'])
    .where('f.offer_id', '=', offerId)
    .where(isDue('f.stale_since'))
  // Answered in this order: what is read is the offer as it stands once the lock is held.
  const [[locked], [row]] = await askTogether(tx, [lock, offer])
  if (!locked?.held) return undefined
  return (
    row && {
      offerId,
      revision: row.revision,
      open: row.open,
      changeId: row.stale_by,
      offered: { organisationId: row.organisation_id, position: positionOf(row), facts: row.facts },
    }
  )
}
