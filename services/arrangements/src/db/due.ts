import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

const atOnce = 500

/** The arrangements of a region for which the clock may have something to do today; the domain says what. */
export async function findDue(tx: Transaction<Schema>, regionId: string): Promise<string[]> {
  // The clock is asked once, and not for each arrangement.
  const today = sql`(select app_today())`
  const { rows } = await sql<{ id: string }>`
    select id from arrangement where region_id = ${regionId}::uuid and (
      (status = 'approved' and lower(period) <= ${today})
      or (status = 'active' and coalesce(ends_on, upper(period) - 1) < ${today})
      or (status in ('proposed', 'lender_decision', 'borrower_decision') and held_until < ${today})
      or (status in ('proposed', 'lender_decision', 'borrower_decision', 'coordinator_approval') and upper(period) <= ${today}))
    order by id limit ${atOnce}`.execute(tx)
  return rows.map(({ id }) => id)
}
