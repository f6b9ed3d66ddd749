import { randomUUID } from 'node:crypto'
import { arrangementActivated, arrangementEnded, arrangementLapsed } from '@samkraft/contracts/arrangements'
import { asOrganisation } from '@samkraft/db'
import { eachInTurn } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import type { Services } from '../context.ts'
import { type Author, lockArrangement } from '../db/arrangements.ts'
import { findDue } from '../db/due.ts'
import { readRegions } from '../db/organisations.ts'
import type { Schema } from '../db/schema.ts'
import { type Arrangement, finalDay, type Moment } from '../domain/arrangement.ts'
import { tick, type Tick } from '../domain/move.ts'
import { factsOf, type News, news, type Origin, saveChange } from './save-change.ts'

export const byClock: Author = { side: 'clock', organisationId: null, personId: null, role: null }

/**
 * Makes the moves that are due by the database's clock: what has come to its first day becomes active, what is past its last
 * day ends, what nobody answered lapses. Each in its own transaction and in the name of its region, so that any number
 * of processes may do this at once.
 */
export async function runClock({ db }: Services, signal?: AbortSignal): Promise<void> {
  const due: { organisationId: string; id: string }[] = []
  for (const organisationId of await readRegions(db)) {
    const ids = await asOrganisation(db, organisationId, (tx) => findDue(tx, organisationId))
    due.push(...ids.map((id) => ({ organisationId, id })))
  }
  const makeMoves = ({ organisationId, id }: (typeof due)[number]) =>
    asOrganisation(db, organisationId, async (tx) => {
      const { arrangement, moment } = await lockArrangement(tx, id)
      const origin = { by: byClock, organisationId, requestId: `clock-${randomUUID()}` }
      await makeDueMoves(tx, arrangement, origin, moment)
    })
  await eachInTurn(due, makeMoves, signal)
}

/** Makes every move that is due, one after the other: after a long stop, one that never became active still does, and ends. */
export async function makeDueMoves(
  tx: Transaction<Schema>,
  arrangement: Arrangement,
  origin: Omit<Origin, 'command'>,
  moment: Moment,
): Promise<void> {
  let before = arrangement
  for (let due = tick(before, moment); due; due = tick(before, moment)) {
    const { move, after } = due
    await saveChange(
      tx,
      { ...origin, command: `arrangement.${move}` },
      { before, after, move, news: newsOf(due) },
      moment,
    )
    before = after
  }
}

function newsOf({ move, after }: Tick): News[] {
  const facts = factsOf(after)
  const reasonCode = after.reason?.code ?? 'as_agreed'
  switch (move) {
    case 'activate':
      return [news(arrangementActivated, facts)]
    case 'finish':
      return [news(arrangementEnded, { ...facts, reasonCode, lastDay: finalDay(after) })]
    case 'lapse':
      return [news(arrangementLapsed, { ...facts, reasonCode })]
  }
}
