import { daterange } from '@samkraft/db'
import type { Share } from '@samkraft/contracts/arrangements'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Hold } from '../domain/ledger.ts'
import type { Noun } from '../domain/listing.ts'
import type { Schema } from './schema.ts'

export type HoldState = 'reserved' | 'agreed' | 'released'

const column = { offer: 'offer_id', request: 'request_id' } as const satisfies Record<Noun, keyof Schema['hold']>

/**
 * What the ledger holds of an offer, or for a request. Read it in a statement after the one that took the row's lock:
 * a statement sees what was there when it began, also when it then waited.
 */
export async function readHolds(
  db: Kysely<Schema> | Transaction<Schema>,
  noun: Noun,
  id: string,
  { except }: { except?: string } = {},
): Promise<Hold[]> {
  const rows = await db
    .selectFrom('hold')
    .select(['period', 'hours_per_week', 'state'])
    .where(column[noun], '=', id)
    .where('state', '<>', 'released')
    .$if(except !== undefined, (query) => query.where('arrangement_id', '<>', except ?? ''))
    .orderBy('id')
    .execute()
  return rows.map(({ period, hours_per_week, state }) => ({
    period,
    hoursPerWeek: hours_per_week,
    state: state === 'agreed' ? 'agreed' : 'reserved',
  }))
}

/** Reserves each share of an arrangement on an offer; that there is room for it has been seen to under the offer's lock. */
export async function insertHolds(
  tx: Transaction<Schema>,
  { offerId, lenderId, arrangementId }: { offerId: string; lenderId: string; arrangementId: string },
  shares: readonly Share[],
): Promise<void> {
  await tx
    .insertInto('hold')
    .values(
      shares.map((share) => ({
        offer_id: offerId,
        lender_id: lenderId,
        arrangement_id: arrangementId,
        borrower_id: share.organisationId,
        request_id: share.requestId,
        period: daterange(share.period),
        hours_per_week: share.hoursPerWeek,
        state: 'reserved' as const,
      })),
    )
    .execute()
}

/** Reserved hours of an arrangement become agreed ones. */
export async function agreeHolds(tx: Transaction<Schema>, arrangementId: string): Promise<{ requestIds: string[] }> {
  const rows = await tx
    .updateTable('hold')
    .set({ state: 'agreed', changed_at: sql<Date>`app_now()` })
    .where('arrangement_id', '=', arrangementId)
    .where('state', '=', 'reserved')
    .returning('request_id')
    .execute()
  return { requestIds: distinct(rows) }
}

/** All that an arrangement still holds becomes free again. */
export async function releaseHolds(tx: Transaction<Schema>, arrangementId: string): Promise<{ requestIds: string[] }> {
  const rows = await tx
    .updateTable('hold')
    .set({ state: 'released', changed_at: sql<Date>`app_now()` })
    .where('arrangement_id', '=', arrangementId)
    .where('state', '<>', 'released')
    .returning('request_id')
    .execute()
  return { requestIds: distinct(rows) }
}

/** What an arrangement holds from a day on becomes free again; what came before stays as it was. */
export async function cutHolds(
  tx: Transaction<Schema>,
  arrangementId: string,
  from: string,
): Promise<{ requestIds: string[] }> {
  const rows = await tx
    .updateTable('hold')
    .set({
      state: sql`case when lower(period) >= ${from}::date then 'released' else state end`,
      period: sql`case when lower(period) >= ${from}::date then period else daterange(lower(period), ${from}::date) end`,
      changed_at: sql<Date>`app_now()`,
    })
    .where('arrangement_id', '=', arrangementId)
    .where('state', '<>', 'released')
    .where(sql<boolean>`upper(period) > ${from}::date`)
    .returning('request_id')
    .execute()
  return { requestIds: distinct(rows) }
}

function distinct(rows: readonly { request_id: string }[]): string[] {
  return [...new Set(rows.map(({ request_id }) => request_id))].sort()
}
