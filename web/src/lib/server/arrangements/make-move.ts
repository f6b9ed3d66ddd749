import {
  DecideArrangement,
  DeclineArrangement,
  EndArrangement,
  ReturnArrangement,
  ReviseArrangement,
  WithdrawArrangement,
} from '@samkraft/contracts/arrangements'
import type { MoveWithPage } from '#lib/arrangements/move-pages.ts'
import type { Form } from '../form.ts'
import type { Services } from '../services.ts'
import { readTerms } from './terms.ts'

type Move = (services: Services['arrangements'], form: Form, seen: Seen) => Promise<unknown>
type Seen = Readonly<{ arrangementId: string; version: unknown }>

/** Without the declaration it is refused with all else that is lacking, and not first when the rest is right. */
const DeclaredDecision = DecideArrangement.refine(({ noConflictOfInterest }) => noConflictOfInterest, {
  error: 'arrangement.conflict_of_interest',
  path: ['noConflictOfInterest'],
  when: () => true,
})

const moves: Readonly<Record<MoveWithPage, Move>> = {
  revise: ({ arrangement }, form, seen) =>
    arrangement.revise.mutate(form.input(ReviseArrangement, { ...seen, ...readTerms(form) })),
  decline: ({ arrangement }, form, seen) =>
    arrangement.decline.mutate(form.input(DeclineArrangement, { ...seen, ...reasonIn(form) })),
  withdraw: ({ arrangement }, form, seen) =>
    arrangement.withdraw.mutate(form.input(WithdrawArrangement, { ...seen, ...reasonIn(form) })),
  return: ({ arrangement }, form, seen) =>
    arrangement.return.mutate(form.input(ReturnArrangement, { ...seen, ...reasonIn(form) })),
  end: ({ arrangement }, form, seen) =>
    arrangement.end.mutate(form.input(EndArrangement, { ...seen, ...reasonIn(form), lastDay: form.date('lastDay') })),
  decide: ({ arrangement }, form, seen) =>
    arrangement.decide.mutate(
      form.input(DeclaredDecision, {
        ...seen,
        decision: form.optional('decision'),
        delegationReference: form.text('delegationReference'),
        noConflictOfInterest: form.flag('noConflictOfInterest'),
        // A reason is for a no; one left from a mind that changed is no part of a yes.
        ...(form.text('decision') === 'no' ? reasonIn(form) : {}),
      }),
    ),
}

/** Makes a move with what its form says, on the version its reader saw. */
export function makeMove(services: Services, move: MoveWithPage, arrangementId: string, form: Form): Promise<unknown> {
  return moves[move](services.arrangements, form, { arrangementId, version: form.number('version') })
}

function reasonIn(form: Form) {
  return { reasonCode: form.optional('reasonCode'), reasonText: form.text('reasonText') }
}
