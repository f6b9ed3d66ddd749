import type { Logger } from 'pino'
import { brief } from './brief.ts'
import { pause } from './pause.ts'

/**
 * Runs `run` now and then `every` so many milliseconds after it last ended, so it never overlaps itself. An error is
 * logged and the next round comes all the same. Several processes may sweep at once: what `run` does locks its rows.
 */
export function startSweep({
  every,
  run,
  log,
}: {
  every: number
  run: (signal: AbortSignal) => Promise<void>
  log: Logger
}): AsyncDisposable {
  const stop = new AbortController()

  async function sweep(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await run(stop.signal)
      } catch (error) {
        log.error({ error: brief(error) }, 'a sweep failed; the next one comes as usual')
      }
      await pause(every, stop.signal)
    }
  }
  const sweeping = sweep()

  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await sweeping
    },
  }
}
