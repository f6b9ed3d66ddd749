import { listen } from '@samkraft/db'
import type { Log } from '@samkraft/http'
import { matchStale } from '../app/match-stale.ts'
import type { Services } from '../context.ts'

/** Side by side, so that one can compute while another waits for the database. */
const lanes = 2

/**
 * Matches whenever an event has left something behind: woken as its transaction commits, and now and then regardless, for
 * what was left by a process that died. What is behind is written in the rows themselves, so nothing is lost.
 */
export function startMatching(
  services: Services,
  { listenUrl, every, log }: { listenUrl: string; every: number; log: Log },
): AsyncDisposable {
  const stop = new AbortController()
  let woken = false
  let running: Promise<unknown> = Promise.resolve()
  let idle = true

  function wake(): void {
    woken = true
    if (!idle || stop.signal.aborted) return
    idle = false
    running = work().finally(() => (idle = true))
  }

  async function work(): Promise<void> {
    while (woken && !stop.signal.aborted) {
      woken = false
      try {
        await Promise.all(Array.from({ length: lanes }, () => matchStale(services, log, stop.signal)))
      } catch (error) {
        log.warn({ err: error }, 'matching waits for the database')
      }
    }
  }

  const listening = listen(listenUrl, 'work', wake, wake)
  const timer = setInterval(wake, every)

  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      stop.abort()
      await (await listening)[Symbol.asyncDispose]()
      await running
    },
  }
}
