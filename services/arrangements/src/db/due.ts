import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

const atOnce = 500

/** The arrangements of a region for which the clock may have something to do today; the domain says what. */
export async function findDue(tx: Transaction<Schema>, regionId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from arrangement where region_id = ${regionId}::uuid and (
      (status = 'approved' and lower(period) <= app_today())
      or (status = 'active' and coalesce(ends_on, upper(period) - 1) < app_today())
      or (status in ('proposed', 'lender_decision', 'borrower_decision') and held_until < app_today())
      or (status in ('proposed', 'lender_decision', 'borrower_decision', 'coordinator_approval') and upper(period) <= app_today()))
    order by id limit ${atOnce}`.execute(tx)
  return rows.map(({ id }) => id)
}
