import type { ListWorklist, Worklist, WorklistItem } from '@samkraft/contracts/arrangements'
import { asActor } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { readMoment } from '../db/arrangements.ts'
import { type NameOf, namesOf } from '../db/organisations.ts'
import { countByStatus, listWorklist as readWorklist, readHolders, type WorklistRow } from '../db/worklist.ts'
import { isFinal } from '../domain/arrangement.ts'
import { organisationsIn, toSummary } from './arrangement-view.ts'

/** All that the own region coordinates: where it stands, who holds it, since when and until when, and the own reminders. */
export function listWorklist({ db, actor }: MemberContext, input: ListWorklist): Promise<Worklist> {
  return asActor(db, actor, async (tx) => {
    const { items, next } = await readWorklist(tx, actor.organisationId, input)
    const counts = await countByStatus(tx, actor.organisationId)
    const holders = await readHolders(tx, actor.organisationId)
    const nameOf = await namesOf(tx, [...organisationsIn(items), ...holders])
    const { today } = await readMoment(tx)
    return {
      items: items.map((row) => toItem(row, nameOf, today)),
      next,
      counts,
      holders: holders.map(nameOf).sort((a, b) => a.shortName.localeCompare(b.shortName, 'sv')),
    }
  })
}

function toItem(row: WorklistRow, nameOf: NameOf, today: string): WorklistItem {
  const summary = toSummary(row, nameOf, today)
  const reminded = row.follow_up_date !== null && row.follow_up_date <= today && !isFinal(row.status)
  return {
    ...summary,
    ageInDays: row.age_in_days,
    followUpDate: row.follow_up_date,
    followUpNote: row.follow_up_note,
    overdue: reminded || (summary.holder?.overdue ?? false),
  }
}
