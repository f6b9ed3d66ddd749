import { arrangementApproved, arrangementReturned, type ReasonView } from '@samkraft/contracts/arrangements'
import type { Transaction } from 'kysely'
import { isKnown, lockArrangement } from '../db/arrangements.ts'
import type { Schema } from '../db/schema.ts'
import type { Arrangement, Moment } from '../domain/arrangement.ts'
import { refuse, reserve } from '../domain/move.ts'
import { byClock, makeDueMoves } from './run-clock.ts'
import { type Change, factsOf, news, type Origin, saveChange } from './save-change.ts'

/** The ledger's answer: the hours are held, or the reason why not. */
export type Answer = Readonly<{ arrangementId: string; refusal: ReasonView | null }>

/** In whose name the answer is taken in: the lender's, whose ledger gave it. */
export type Hearing = Readonly<{ organisationId: string; requestId: string }>

/**
 * Takes in the ledger's answer: approved, and active at once when the first day has come; or back to the parties with the reason.
 * An arrangement that waits for no answer is left as it is: nothing leads out of `reserving` but this.
 */
export async function settleReservation(
  tx: Transaction<Schema>,
  { arrangementId, refusal }: Answer,
  hearing: Hearing,
): Promise<void> {
  if (!(await isKnown(tx, arrangementId))) return
  const { arrangement: before, moment } = await lockArrangement(tx, arrangementId)
  if (before.status !== 'reserving') return
  const change = refusal ? refused(before, refusal, moment) : reserved(before, moment)
  const by = { side: 'ledger', organisationId: null, personId: null, role: null } as const
  await saveChange(tx, { ...hearing, by, command: `arrangement.${change.move}` } satisfies Origin, change, moment)
  if (!refusal) await makeDueMoves(tx, change.after, { ...hearing, by: byClock }, moment)
}

function reserved(before: Arrangement, moment: Moment): Change {
  const after = reserve(before, moment)
  return { before, after, move: 'reserve', news: [news(arrangementApproved, factsOf(after))] }
}

function refused(before: Arrangement, refusal: ReasonView, moment: Moment): Change {
  const after = refuse(before, refusal, moment)
  const told = { ...factsOf(after), reasonCode: refusal.code }
  return { before, after, move: 'refuse', news: [news(arrangementReturned, told)] }
}
