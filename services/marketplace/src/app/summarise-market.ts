import type { GetSummary, SummaryView } from '@samkraft/contracts/marketplace'
import { addDays, mondayOf } from '@samkraft/kernel'
import type { Services } from '../context.ts'
import { readSummary } from '../db/summary.ts'

/** Who offers and who lacks in a county, for its map: hours summed over the weeks asked for. */
export async function summariseMarket(
  { db }: Pick<Services, 'db'>,
  { county, period }: GetSummary,
): Promise<SummaryView> {
  const { fromWeek, rows } = await readSummary(db, county, period)
  return { fromWeek, toWeek: period ? addDays(mondayOf(addDays(period.to, -1)), 7) : null, rows }
}
