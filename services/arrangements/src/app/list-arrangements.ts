import type { ArrangementPage, ListArrangements } from '@samkraft/contracts/arrangements'
import { asActor, askTogether } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { momentQuery, toMoment } from '../db/arrangements.ts'
import { sortedPage } from '../db/cursor.ts'
import { namesOf } from '../db/organisations.ts'
import { summariesQuery } from '../db/summaries.ts'
import { organisationsIn, toSummary } from './arrangement-view.ts'

/** The arrangements the own organisation takes part in or coordinates. */
export function listArrangements({ db, actor }: MemberContext, input: ListArrangements): Promise<ArrangementPage> {
  return asActor(db, actor, async (tx) => {
    const [rows, moments] = await askTogether(tx, [summariesQuery(tx, actor.organisationId, input), momentQuery])
    const { items, next } = sortedPage(rows, input.limit)
    const nameOf = await namesOf(tx, organisationsIn(items))
    const { today } = toMoment(moments)
    return { items: items.map((row) => ({ ...toSummary(row, nameOf, today), requestIds: row.request_ids })), next }
  })
}
