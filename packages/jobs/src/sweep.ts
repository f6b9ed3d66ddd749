import { translateFailure } from '@samkraft/db'
import { isUnavailable } from '@samkraft/kernel'
import type { Logger } from 'pino'
import { brief } from './brief.ts'
import { pause } from './pause.ts'
import { lasting, usualPatienceMs } from './lasting.ts'

/**
 * Runs `run` now and then `every` so many milliseconds after it last ended, so it never overlaps itself. An error is
 * logged, a database that is away as a warning, and the next round comes all the same; one that every round has met for long
 * asks for an operator (`alert: true`). Several processes may sweep at once: what `run` does locks its rows.
 */
export function startSweep({
  every,
  run,
  log,
  patienceMs = usualPatienceMs,
}: {
  every: number
  run: (signal: AbortSignal) => Promise<void>
  log: Logger
  /** How long all rounds may fail before an operator is told. */
  patienceMs?: number
}): AsyncDisposable {
  const stop = new AbortController()
  const trouble = lasting(patienceMs)

  async function sweep(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await run(stop.signal)
        trouble.worked()
      } catch (error) {
        const failure = translateFailure(error)
        if (trouble.failed()) log.error({ error: brief(failure), alert: true }, 'a sweep has failed for long')
        else if (isUnavailable(failure))
          log.warn({ error: brief(failure) }, 'a sweep found the database away or too busy')
        else log.error({ error: brief(error) }, 'a sweep failed; the next one comes as usual')
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

/**
 * Does something about each, one after another, until `signal` says stop. What fails for its own sake does not keep the others
 * from their turn: its error is thrown when all have had theirs. A database that is away is thrown at once.
 */
export async function eachInTurn<Item>(
  items: Iterable<Item>,
  run: (item: Item) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const errors: unknown[] = []
  for (const item of items) {
    if (signal?.aborted) break
    try {
      await run(item)
    } catch (error) {
      if (isUnavailable(error)) throw error
      errors.push(error)
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} failed, the first so: ${String(errors[0])}`)
}
