import { writeSync } from 'node:fs'
import { type DestinationStream, pino, type Logger } from 'pino'

export type Log = Logger

/** What might identify a person or open a door. */
const hidden = ['password', 'secret', 'token', 'email', 'authorization', 'cookie']

/** What Postgres tells of the values it refused, beside what it says of the rule. */
const values = ['detail', 'where', 'internalQuery']

/**
 * JSON lines on standard output, or to `destination`. What is hidden is masked even if somebody logs it by mistake, by itself
 * or as a part of what is logged.
 */
export function createLog(service: string, level = 'info', destination: DestinationStream = standardOutput): Log {
  const paths = [...hidden.flatMap((name) => [name, `*.${name}`]), ...values.map((name) => `err.${name}`)]
  return pino({ name: service, level, redact: { paths, censor: '[masked]' } }, destination)
}

/** On a full disk a line is lost and the service goes on; pino's own way there would end it, and hang until there is room. */
const standardOutput: DestinationStream = {
  write(line) {
    let rest = Buffer.from(line)
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(1, rest))
      } catch (error) {
        if (!isBusy(error)) return
        Atomics.wait(nothing, 0, 0, 10)
      }
    }
  },
}

const nothing = new Int32Array(new SharedArrayBuffer(4))

/** A pipe that nobody has read for a while takes more later. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN'
}
