import type { EventDefinition } from '@samkraft/contracts'
import type { ArrangementFacts } from '@samkraft/contracts/arrangements'
import { announce, appendEvent, recordAudit } from '@samkraft/db'
import type { Transaction } from 'kysely'
import type { z } from 'zod'
import { type Author, saveMove, type Step } from '../db/arrangements.ts'
import type { Schema } from '../db/schema.ts'
import { type Arrangement, concernedBy, type Moment } from '../domain/arrangement.ts'

/** An event and its data, checked against each other where they are put together. */
export type News = Readonly<{ definition: EventDefinition; data: unknown }>

export function news<Type extends string, Data extends z.ZodType>(
  definition: EventDefinition<Type, Data>,
  data: z.input<Data>,
): News {
  return { definition, data }
}

/** What every event of an arrangement carries: ids, hours and periods. */
export function factsOf({ id, offerId, lenderId, shares }: Arrangement): z.input<typeof ArrangementFacts> {
  return { arrangementId: id, offerId, lenderId, shares: [...shares] }
}

/** Who acts, in whose name the log is written, and which request it is part of. */
export type Origin = Readonly<{ by: Author; organisationId: string; requestId: string; command: string }>

export type Change = Readonly<{
  before: Arrangement
  after: Arrangement
  move: Step['move']
  news: readonly News[]
  /** Facts of the move that the log keeps beside the status. */
  says?: Readonly<Record<string, unknown>>
}>

/** All that a move leaves behind, in the transaction that made it: the row and its step, the events, the log, a word to open pages. */
export async function saveChange(
  tx: Transaction<Schema>,
  origin: Origin,
  { before, after, move, news, says }: Change,
  moment: Moment,
): Promise<void> {
  const given = after.reason === before.reason ? null : after.reason
  await saveMove(tx, before, after, { move, by: origin.by, reason: given }, moment)
  await tell(tx, origin, after, news, { before: logged(before), after: { ...logged(after), ...says } })
}

/** The events, the log entry and the announcement of something that is already written. */
export async function tell(
  tx: Transaction<Schema>,
  { by, organisationId, requestId, command }: Origin,
  arrangement: Arrangement,
  events: readonly News[],
  { before, after }: { before: unknown; after: unknown },
): Promise<void> {
  const { id, lenderId } = arrangement
  for (const { definition, data } of events)
    await appendEvent(tx, definition, { aggregateId: id, organisationId: lenderId, requestId, data })
  const concerns = concernedBy(arrangement)
  await recordAudit(tx, {
    organisationId,
    personId: by.personId,
    requestId,
    command,
    subjectType: 'arrangement',
    subjectId: id,
    before,
    after,
    concerns: concerns.filter((concerned) => concerned !== organisationId),
  })
  announce(tx, { organisations: concerns, noun: 'arrangement', id })
}

/** What the log keeps of an arrangement: codes and numbers, and no words people wrote. */
export function logged({ reference, status, version, revision, shares, endsOn, reason }: Arrangement) {
  return { reference, status, version, revision, shares, endsOn, reason: reason?.code ?? null }
}
