import { writeLine } from '@samkraft/kernel/standard-output'

type Level = 'info' | 'warn' | 'error'
type Facts = Readonly<Record<string, unknown>> & { readonly error?: unknown }

/** One line of JSON, as the services log: no secrets, no form contents. */
export function log(level: Level, msg: string, { error, ...facts }: Facts = {}): void {
  const err = error instanceof Error ? { type: error.name, message: error.message, stack: error.stack } : error
  const line = { level, time: new Date().toISOString(), service: 'web', ...facts, msg, err }
  writeLine(`${JSON.stringify(line)}\n`)
}
