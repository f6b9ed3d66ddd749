import type { ListWorklist, Worklist, WorklistItem } from '@samkraft/contracts/arrangements'
import { asActor, askTogether } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { momentQuery, toMoment } from '../db/arrangements.ts'
import { sortedPage } from '../db/cursor.ts'
import { byName, type NameOf, namesOf } from '../db/organisations.ts'
import { countsQuery, holdersQuery, type WorklistRow, worklistQuery } from '../db/worklist.ts'
import { isFinal } from '../domain/arrangement.ts'
import { organisationsIn, toSummary } from './arrangement-view.ts'

/** All that the own region coordinates: where it stands, who holds it, since when and until when, and the own reminders. */
export function listWorklist({ db, actor }: MemberContext, input: ListWorklist): Promise<Worklist> {
  return asActor(db, actor, async (tx) => {
    const { organisationId } = actor
    const [rows, counts, holding, moments] = await askTogether(tx, [
      worklistQuery(tx, organisationId, input),
      countsQuery(tx, organisationId),
      holdersQuery(organisationId),
      momentQuery,
    ])
    const { items, next } = sortedPage(rows, input.limit)
    const holders = [...new Set([...holding.map(({ id }) => id), ...(input.holderId ? [input.holderId] : [])])]
    const nameOf = await namesOf(tx, [...organisationsIn(items), ...holders])
    const { today } = toMoment(moments)
    return {
      items: items.map((row) => toItem(row, nameOf, today)),
      next,
      counts,
      holders: holders.map(nameOf).sort(byName),
    }
  })
}

function toItem(row: WorklistRow, nameOf: NameOf, today: string): WorklistItem {
  const summary = toSummary(row, nameOf, today)
  const followUpDue = row.follow_up_date !== null && row.follow_up_date <= today && !isFinal(row.status)
  return {
    ...summary,
    ageInDays: row.age_in_days,
    followUpDate: row.follow_up_date,
    followUpNote: row.follow_up_note,
    followUpVersion: row.follow_up_version,
    followUpDue,
    overdue: followUpDue || (summary.holder?.overdue ?? false),
  }
}
