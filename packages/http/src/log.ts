import { writeLine } from '@samkraft/kernel/standard-output'
import { type DestinationStream, pino, type Logger } from 'pino'

export type Log = Logger

/** What might identify a person or open a door. */
const hidden = ['password', 'secret', 'token', 'email', 'authorization', 'cookie']

/** What Postgres tells of the values it refused, beside what it says of the rule. */
const values = ['detail', 'where', 'internalQuery']

/**
 * JSON lines on standard output, or to `destination`, of the shape that web writes as well. What is hidden is masked even if
 * somebody logs it by mistake, by itself or as a part of what is logged.
 */
export function createLog(service: string, level = 'info', destination: DestinationStream = { write: writeLine }): Log {
  const paths = [...hidden.flatMap((name) => [name, `*.${name}`]), ...values.map((name) => `err.${name}`)]
  const shape = {
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return pino({ ...shape, level, redact: { paths, censor: '[masked]' } }, destination)
}
