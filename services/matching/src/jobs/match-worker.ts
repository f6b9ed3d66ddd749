import { setTimeout as pause } from 'node:timers/promises'
import { listen } from '@samkraft/db'
import type { Log } from '@samkraft/http'
import { matchStale } from '../app/match-stale.ts'
import type { Services } from '../context.ts'

/** Side by side, so that one can compute while another waits for the database. */
const lanes = 2

const waitAfterTrouble = 1_000

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
      const ended = await Promise.allSettled(
        Array.from({ length: lanes }, () => matchStale(services, log, stop.signal)),
      )
      const failed = ended.find((lane) => lane.status === 'rejected')
      if (!failed) continue
      log.warn({ err: failed.reason }, 'matching waits for the database')
      await pause(waitAfterTrouble, undefined, { signal: stop.signal }).catch(() => undefined)
      woken = true
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
