import type { Log } from './log.ts'

/** How long a stop may take before the process gives up on being graceful. */
const patienceMilliseconds = 9_000

/**
 * Keeps a process up until it is told to stop (SIGTERM, SIGINT, or its supervisor gone) and then closes its parts in the
 * order given: first what takes in work, last what the work needs.
 */
export function lifecycle(log: Log, parts: readonly AsyncDisposable[]): void {
  let stopping = false
  const stop = async (reason: string) => {
    if (stopping) return
    stopping = true
    log.info({ reason }, 'stopping')
    setTimeout(() => {
      log.error('did not stop in time')
      process.exit(1)
    }, patienceMilliseconds).unref()
    for (const part of parts) {
      try {
        await part[Symbol.asyncDispose]()
      } catch (error) {
        log.error({ err: error }, 'a part did not stop cleanly')
      }
    }
    process.exit(0)
  }
  process.once('SIGTERM', () => void stop('SIGTERM'))
  process.once('SIGINT', () => void stop('SIGINT'))
  // The supervisor keeps an IPC channel open; when it dies, however it dies, the channel closes.
  if (process.connected) process.once('disconnect', () => void stop('supervisor gone'))
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error, alert: true }, 'unhandled rejection')
    process.exit(1)
  })
}
