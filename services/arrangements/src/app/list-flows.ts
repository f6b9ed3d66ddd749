import type { FlowList, ListFlows } from '@samkraft/contracts/arrangements'
import { asActor } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { readFlows } from '../db/flows.ts'
import { byName, namesOf } from '../db/organisations.ts'

/** Who helps whom with how many hours: all of the county for its region, the own flows for everyone else. */
export function listFlows({ db, actor }: MemberContext, { day }: ListFlows): Promise<FlowList> {
  return asActor(db, actor, async (tx) => {
    const rows = await readFlows(tx, day)
    const nameOf = await namesOf(
      tx,
      rows.flatMap((row) => [row.lender_id, row.borrower_id]),
    )
    const items = rows.map((row) => ({
      lender: nameOf(row.lender_id),
      borrower: nameOf(row.borrower_id),
      hoursPerWeek: row.hours_per_week,
      arrangements: row.arrangements.length,
    }))
    return {
      items: items.sort(
        (a, b) => b.hoursPerWeek - a.hoursPerWeek || byName(a.lender, b.lender) || byName(a.borrower, b.borrower),
      ),
      arrangements: new Set(rows.flatMap((row) => row.arrangements)).size,
    }
  })
}
