import { type Ledger } from './ledger.ts'
import { type State } from './state.ts'

/** Gives the requests the hours they have in another plan, and tells the ledger; with those of all others they must fit. */
export function exchange(
  state: State,
  ledger: Ledger,
  requests: readonly number[] | ReadonlySet<number>,
  plan: Float64Array,
): void {
  for (const request of requests) {
    ledger.takeOut(request)
    state.remove(request)
  }
  for (const request of requests) {
    state.restore(request, plan)
    ledger.putIn(request)
  }
}
