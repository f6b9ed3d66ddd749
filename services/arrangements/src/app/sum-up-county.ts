import type { CountyFigures, GetCountyFigures } from '@samkraft/contracts/arrangements'
import { asOrganisation } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { type FlowRow, readFlows } from '../db/flows.ts'
import { findRegionOf } from '../db/organisations.ts'
import { countStats } from './summarise-stats.ts'

/**
 * What a county has going on, in sums. They are read as the region that coordinates it sees them, since nobody else sees them all,
 * and no row leaves this use case. Throws `not_found organisation.not_found` where no region coordinates the county.
 */
export async function sumUpCounty({ db }: MemberContext, { county }: GetCountyFigures): Promise<CountyFigures> {
  const region = await findRegionOf(db, county)
  if (!region) throw new DomainError('not_found', 'organisation.not_found')
  return asOrganisation(db, region, async (tx) => {
    const stats = await countStats(tx)
    return { stats, flow: sumUpFlows(await readFlows(tx, undefined)) }
  })
}

function sumUpFlows(rows: readonly FlowRow[]): CountyFigures['flow'] {
  const distinct = (values: readonly string[]) => new Set(values).size
  return {
    hoursPerWeek: rows.reduce((sum, row) => sum + row.hours_per_week, 0),
    arrangements: distinct(rows.flatMap((row) => row.arrangements)),
    lenders: distinct(rows.map((row) => row.lender_id)),
    borrowers: distinct(rows.map((row) => row.borrower_id)),
  }
}
