import {
  type ArrangementStatus,
  arrangementStatuses,
  type ListTasks,
  type PersonMove,
  personMoves,
  type TaskPage,
  type TaskView,
} from '@samkraft/contracts/arrangements'
import { asActor, askTogether } from '@samkraft/db'
import type { Actor } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { momentQuery, toMoment } from '../db/arrangements.ts'
import { sortedPage } from '../db/cursor.ts'
import { type NameOf, namesOf } from '../db/organisations.ts'
import type { SummaryRow } from '../db/summaries.ts'
import { waitingQuery } from '../db/tasks.ts'
import { awaitedMove, rolesAwaited } from '../domain/move-table.ts'
import { openTo } from '../domain/obstacle.ts'
import { organisationsIn, toSummary } from './arrangement-view.ts'

/** What waits for the actor: arrangements the own organisation holds where the own roles can act, and diary numbers to set. */
export function listTasks({ db, actor }: MemberContext, input: ListTasks): Promise<TaskPage> {
  return asActor(db, actor, async (tx) => {
    const waiting = {
      organisationId: actor.organisationId,
      statuses: arrangementStatuses.filter((status) => isAwaited(status, actor)),
      diary: actor.roles.includes('registrar'),
    }
    const [rows, moments] = await askTogether(tx, [waitingQuery(tx, waiting, input), momentQuery])
    const { items, next } = sortedPage(rows, input.limit)
    const nameOf = await namesOf(tx, organisationsIn(items))
    const { today } = toMoment(moments)
    return { items: items.map((row) => toTask(row, actor, nameOf, today)), next }
  })
}

function isAwaited(status: ArrangementStatus, actor: Actor): boolean {
  return rolesAwaited(status).some((role) => actor.roles.includes(role))
}

function toTask(row: SummaryRow, actor: Actor, nameOf: NameOf, today: string): TaskView {
  const arrangement = toSummary(row, nameOf, today)
  const asks = awaitedMove(row.status) ? answersTo(row, actor) : ['diary_number' as const]
  const since = row.held_since.toISOString()
  return { arrangement, asks, since, until: row.held_until, overdue: arrangement.holder?.overdue ?? false }
}

/** The answers the table gives the actor's roles where the organisation is asked; leaving is no answer. */
function answersTo(row: SummaryRow, actor: Actor): PersonMove[] {
  const { status, lender_id: lenderId, borrower_ids: borrowerIds, region_id: regionId, proposer_id: proposerId } = row
  const parties = { lenderId, borrowerIds, regionId, proposerId }
  return personMoves.filter(
    (move) =>
      move !== 'withdraw' &&
      openTo(parties, actor.organisationId, move, status).mandates.some(({ roles }) =>
        roles.some((role) => actor.roles.includes(role)),
      ),
  )
}
