import type { ArrangementReceipt, PersonMove } from '@samkraft/contracts/arrangements'
import { runCommand } from '@samkraft/db'
import type { Transaction } from 'kysely'
import type { MemberContext } from '../context.ts'
import { type Author, lockArrangement } from '../db/arrangements.ts'
import type { Schema } from '../db/schema.ts'
import type { Arrangement, Moment } from '../domain/arrangement.ts'
import { capacityOf } from '../domain/obstacle.ts'
import { assertCurrent } from './assert-current.ts'
import { type Change, type News, saveChange } from './save-change.ts'

type Input = Readonly<{ commandKey: string; version: number; arrangementId: string }>

/** What a use case decides: the arrangement after the move, what to tell, and what else to write. */
type Made = Readonly<{
  after: Arrangement
  news: readonly News[]
  says?: Change['says']
  /** Rows that belong to the move, such as the decision itself. */
  write?: (by: Author & { role: NonNullable<Author['role']> }) => Promise<void>
}>

/**
 * What all moves of people have in common: lock, compare versions, let the domain decide, save and tell.
 * Throws `not_found arrangement.not_found`, `conflict arrangement.stale`, and `arrangement.<obstacle>` when the move is not open.
 */
export function moveArrangement(
  { db, actor, requestId }: MemberContext,
  move: PersonMove,
  input: Input,
  make: (tx: Transaction<Schema>, arrangement: Arrangement, moment: Moment) => Made | Promise<Made>,
): Promise<ArrangementReceipt> {
  const command = `arrangement.${move}`
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    const { arrangement: before, moment } = await lockArrangement(tx, input.arrangementId)
    await assertCurrent(tx, before, input.version)
    const { after, news, says, write } = await make(tx, before, moment)
    const { side, role } = capacityOf(before, move, actor)
    const by = { side, role, organisationId: actor.organisationId, personId: actor.personId }
    await write?.(by)
    const origin = { by, organisationId: actor.organisationId, requestId, command }
    await saveChange(tx, origin, { before, after, move, news, ...(says && { says }) }, moment)
    return receiptOf(after)
  })
}

export function receiptOf({ id, reference, status, version }: Arrangement): ArrangementReceipt {
  return { arrangementId: id, reference, status, version }
}
