import type { ArrangementStatus } from '@samkraft/contracts/arrangements'
import { m } from '#lib/i18n.ts'

const words: Readonly<Record<string, () => string>> = {
  revise: m.done_arrangement_revise,
  accept: m.done_arrangement_accept,
  decline: m.done_arrangement_decline,
  withdraw: m.done_arrangement_withdraw,
  decide: m.done_arrangement_decide,
  approve: m.done_arrangement_approve,
  return: m.done_arrangement_return,
  end: m.done_arrangement_end,
  diary: m.done_arrangement_diary,
  follow_up: m.done_arrangement_follow_up,
  propose: m.done_arrangement_proposed,
}

/** Where the arrangement stands by now, and whether the reader's organisation has said yes to the terms as they are. */
type Now = Readonly<{ status: ArrangementStatus; accepted: boolean }>

/**
 * What the reader just did, by the name of it in the address; null when the address names nothing known, and once others have
 * made it untrue: the page stays open while the ledger answers and parties put new terms.
 */
export function doneWords(done: string | null, { status, accepted }: Now): string | null {
  const undone = status === 'proposed' && (done === 'approve' || (done === 'accept' && !accepted))
  return done !== null && !undone && Object.hasOwn(words, done) ? (words[done]?.() ?? null) : null
}
