import { seldom } from './seldom.ts'

/** How long something may fail each time before an operator is told, in milliseconds: eight minutes. */
export const usualPatienceMs = 480_000
/** An operator is told of the same again after so long at the soonest. */
export const againMs = 600_000

/** Trouble that lasts is an operator's: `failed` says whether to tell them now, `worked` that it is over. */
type Lasting = Readonly<{ failed(): boolean; worked(): void }>

export function lasting(patienceMs: number): Lasting {
  const mayTell = seldom(againMs)
  let since: number | null = null
  return {
    failed() {
      since ??= performance.now()
      return performance.now() - since >= patienceMs && mayTell()
    },
    worked() {
      since = null
    },
  }
}
