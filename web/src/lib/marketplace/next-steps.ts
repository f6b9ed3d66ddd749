import { m } from '#lib/i18n.ts'

/** From a proposal to an arrangement, for whoever looks at what it would be about: told who proposes when they cannot themselves. */
export function stepsFromProposal(mayNegotiate: boolean) {
  const first = mayNegotiate
    ? { title: m.next_propose(), text: m.next_propose_about() }
    : { title: m.next_proposed(), text: m.next_proposed_about() }
  return [
    { ...first, state: 'now' },
    { title: m.next_answer(), text: m.next_answer_about(), state: 'todo' },
    { title: m.next_decide(), text: m.next_decide_about(), state: 'todo' },
    { title: m.next_approve(), text: m.next_approve_about(), state: 'todo' },
  ] as const
}
