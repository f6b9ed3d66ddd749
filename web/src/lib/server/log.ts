import { writeSync } from 'node:fs'

type Level = 'info' | 'warn' | 'error'
type Facts = Readonly<Record<string, unknown>> & { readonly error?: unknown }

/** One line of JSON, as the services log: no secrets, no form contents. On a full disk it is lost, and the web goes on. */
export function log(level: Level, msg: string, { error, ...facts }: Facts = {}): void {
  const err = error instanceof Error ? { type: error.name, message: error.message, stack: error.stack } : error
  const line = JSON.stringify({ level, time: new Date().toISOString(), service: 'web', ...facts, msg, err })
  try {
    writeSync(1, `${line}\n`)
  } catch {
    // There is nowhere to say it. By `process.stdout` it would end the process.
  }
}
