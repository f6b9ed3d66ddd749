import type { ArrangementPage, ListArrangements } from '@samkraft/contracts/arrangements'
import { asActor } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { readMoment } from '../db/arrangements.ts'
import { namesOf } from '../db/organisations.ts'
import { listSummaries } from '../db/summaries.ts'
import { organisationsIn, toSummary } from './arrangement-view.ts'

/** The arrangements the own organisation takes part in or coordinates. */
export function listArrangements({ db, actor }: MemberContext, input: ListArrangements): Promise<ArrangementPage> {
  return asActor(db, actor, async (tx) => {
    const { items, next } = await listSummaries(tx, actor.organisationId, input)
    const nameOf = await namesOf(tx, organisationsIn(items))
    const { today } = await readMoment(tx)
    return { items: items.map((row) => toSummary(row, nameOf, today)), next }
  })
}
