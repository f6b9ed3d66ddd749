import type { ArrangementFacts } from '@samkraft/contracts/arrangements'
import { daterange } from '@samkraft/db'
import { addDays, overlap, type Period, weeksOf } from '@samkraft/kernel'
import { sql, type Transaction } from 'kysely'
import type { z } from 'zod'
import type { Schema } from './schema.ts'

/** Keeps what an approved arrangement gives to whom; a change that was approved replaces it. Returns the organisations it is between. */
export async function saveShares(
  tx: Transaction<Schema>,
  { arrangementId, lenderId, shares }: z.infer<typeof ArrangementFacts>,
): Promise<string[]> {
  const before = await tx
    .deleteFrom('arrangement_share')
    .where('arrangement_id', '=', arrangementId)
    .returning('borrower_id')
    .execute()
  await tx
    .insertInto('arrangement_share')
    .values(
      shares.map(({ organisationId, requestId, period, hoursPerWeek }) => ({
        arrangement_id: arrangementId,
        lender_id: lenderId,
        borrower_id: organisationId,
        request_id: requestId,
        period: daterange(period),
        hours_per_week: hoursPerWeek,
        hours: hoursIn(period, hoursPerWeek),
      })),
    )
    .execute()
  const borrowers = [...before.map(({ borrower_id }) => borrower_id), ...shares.map((share) => share.organisationId)]
  return [...new Set([lenderId, ...borrowers])]
}

/** Counts only what was given until the last day. Returns the organisations the arrangement was between. */
export async function endShares(tx: Transaction<Schema>, arrangementId: string, lastDay: string): Promise<string[]> {
  const shares = await tx
    .selectFrom('arrangement_share')
    .selectAll()
    .where('arrangement_id', '=', arrangementId)
    .orderBy('borrower_id')
    .orderBy('request_id')
    .execute()
  for (const share of shares) {
    const period = overlap(share.period, { from: share.period.from, to: addDays(lastDay, 1) })
    await tx
      .updateTable('arrangement_share')
      .set({ hours: period ? hoursIn(period, share.hours_per_week) : 0 })
      .where('arrangement_id', '=', arrangementId)
      .where('borrower_id', '=', share.borrower_id)
      .where('request_id', '=', share.request_id)
      .where(sql<boolean>`period = ${daterange(share.period)}`)
      .execute()
  }
  return [...new Set(shares.flatMap(({ lender_id, borrower_id }) => [lender_id, borrower_id]))]
}

function hoursIn(period: Period, hoursPerWeek: number): number {
  return weeksOf(period).length * hoursPerWeek
}
