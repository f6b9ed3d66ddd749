import type { OfferFacts, RequestFacts, WeeklyHours } from '@samkraft/contracts/marketplace'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { OfferCopy, RequestCopy } from '../domain/proposal.ts'
import type { OfferTable, Schema } from './schema.ts'

export type KnownOffer = OfferCopy & Readonly<{ facts: OfferFacts }>

/** Holds it until the transaction ends. */
export async function lockOffer(tx: Transaction<Schema>, id: string): Promise<KnownOffer | null> {
  const row = await tx.selectFrom('offer').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? toKnownOffer(row) : null
}

export function toKnownOffer({ id, organisation_id, open, facts }: Selectable<OfferTable>): KnownOffer {
  const { segments, slice, left } = facts
  return { id, lenderId: organisation_id, open, segments, slice, left, facts }
}

/** The offer an arrangement is about. */
export function offerOfQuery(db: Kysely<Schema>, arrangementId: string) {
  return db
    .selectFrom('offer')
    .innerJoin('arrangement', 'arrangement.offer_id', 'offer.id')
    .selectAll('offer')
    .where('arrangement.id', '=', arrangementId)
}

export async function findRequests(db: Kysely<Schema>, ids: readonly string[]): Promise<RequestCopy[]> {
  const rows = await db.selectFrom('request').select(['id', 'organisation_id', 'open']).where('id', 'in', ids).execute()
  return rows.map(({ id, organisation_id, open }) => ({ id, organisationId: organisation_id, open }))
}

/** An offer as published or changed. A change says nothing about whether it is open; being published does. */
export async function saveOffer(
  tx: Transaction<Schema>,
  organisationId: string,
  facts: OfferFacts,
  { opens }: { opens: boolean },
): Promise<void> {
  const row = { organisation_id: organisationId, facts: JSON.stringify(facts) }
  await tx
    .insertInto('offer')
    .values({ id: facts.offerId, open: true, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(opens ? { ...row, open: true } : row))
    .execute()
}

export async function saveRequest(
  tx: Transaction<Schema>,
  organisationId: string,
  facts: RequestFacts,
  { opens, at }: { opens: boolean; at: string },
): Promise<void> {
  const row = { organisation_id: organisationId, facts: JSON.stringify(facts) }
  await tx
    .insertInto('request')
    .values({ id: facts.requestId, open: true, published_at: new Date(at), ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(opens ? { ...row, open: true } : row))
    .execute()
}

export async function closeCopy(tx: Transaction<Schema>, noun: 'offer' | 'request', id: string): Promise<void> {
  await tx.updateTable(noun).set({ open: false }).where('id', '=', id).execute()
}

/** What the ledger says is left now. */
export async function saveLeft(
  tx: Transaction<Schema>,
  noun: 'offer' | 'request',
  id: string,
  left: readonly WeeklyHours[],
): Promise<void> {
  await tx
    .updateTable(noun)
    .set({ facts: sql<string>`jsonb_set(facts, '{left}', ${JSON.stringify(left)}::jsonb)` })
    .where('id', '=', id)
    .execute()
}
