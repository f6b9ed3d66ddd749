import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '@samkraft/http'
import { matchStale } from '../app/match-stale.ts'
import type { Services } from '../context.ts'
import { startWokenWorker } from './woken-worker.ts'

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
  return startWokenWorker({
    listenUrl,
    every,
    async round(stop) {
      const ended = await Promise.allSettled(Array.from({ length: lanes }, () => matchStale(services, log, stop)))
      const failed = ended.find((lane) => lane.status === 'rejected')
      if (!failed) return 'done'
      log.warn({ err: failed.reason }, 'matching waits for the database')
      await pause(waitAfterTrouble, undefined, { signal: stop }).catch(() => undefined)
      return 'again'
    },
  })
}
