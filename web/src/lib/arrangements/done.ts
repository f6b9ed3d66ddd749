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

/** What the reader just did, by the name of it in the address; null when the address names nothing known. */
export function doneWords(done: string | null): string | null {
  return done !== null && Object.hasOwn(words, done) ? (words[done]?.() ?? null) : null
}
