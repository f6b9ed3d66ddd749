import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect } from '@samkraft/db'
import { createTestDatabase, type TestDatabase } from '@samkraft/db/testing'
import type { Kysely } from 'kysely'
import { pino } from 'pino'
import { inject, test as base } from 'vitest'
import {
  type JobBackend,
  jobBackend,
  type JobWorker,
  type RelayOptions,
  startRelay,
  startWorker,
  type WorkerOptions,
} from '../src/index.ts'
import { type BackendKind, type JobStore, openJobStore } from './backends.ts'
import { type Journal, journalMigrations, journalling } from './journal.ts'

/** What is to happen does so within this time; on a quiet machine at once. */
export const soon = { timeout: 30_000, interval: 10 }

/** Everything that was logged, and a logger that writes there. */
function logbook() {
  const lines: Record<string, unknown>[] = []
  const write = (line: string) => void lines.push(JSON.parse(line))
  return { lines, log: pino({ level: 'debug' }, { write }) }
}

/**
 * A test with an empty service database, an empty job store of the given kind, and relays and workers that end with it.
 * The one database plays both the service that publishes (marketplace) and the one that listens (matching).
 */
export function testOn(kind: BackendKind) {
  return base
    .extend('database', async ({ task: _ }, { onCleanup }): Promise<TestDatabase> => {
      const database = await createTestDatabase(journalMigrations)
      onCleanup(() => database.drop())
      return database
    })
    .extend('db', ({ database }, { onCleanup }): Kysely<Journal> => {
      const db = connect<Journal>(database.appUrl)
      onCleanup(() => db.destroy())
      return db
    })
    .extend('admin', ({ database }, { onCleanup }): Kysely<Journal> => {
      const admin = connect<Journal>(database.adminUrl, { max: 2 })
      onCleanup(() => admin.destroy())
      return admin
    })
    .extend('store', async ({ task: _ }, { onCleanup }): Promise<JobStore> => {
      const store = await openJobStore(kind, inject('adminUrl'))
      onCleanup(() => store[Symbol.asyncDispose]())
      return store
    })
    .extend('backend', ({ store }, { onCleanup }): JobBackend => {
      const backend = jobBackend(store.url)
      onCleanup(() => backend[Symbol.asyncDispose]())
      return backend
    })
    .extend('logged', () => logbook())
    .extend('relay', ({ database, db, backend, logged: { log } }, { onCleanup }) => {
      return (options: Partial<RelayOptions<Journal>> = {}): AsyncDisposable => {
        const relay = startRelay({
          db,
          listenUrl: database.appUrl,
          queues: backend,
          log,
          pollMs: 60_000,
          ...options,
        })
        onCleanup(() => relay[Symbol.asyncDispose]())
        return relay
      }
    })
    .extend('worker', ({ db, backend, logged: { log } }, { onCleanup }) => {
      return (options: Partial<WorkerOptions<Journal>> = {}): JobWorker => {
        const worker = startWorker<Journal>({
          service: 'matching',
          backend,
          db,
          handlers: [journalling()],
          log,
          ...options,
        })
        onCleanup(() => worker[Symbol.asyncDispose]())
        return worker
      }
    })
    .extend('child', ({ database, store }, { onCleanup }) => {
      const ends: (() => Promise<void>)[] = []
      onCleanup(async () => void (await Promise.all(ends.map((end) => end()))))
      return async (
        role: 'relay' | 'worker',
        { failpoint = '', milliseconds = 0, ahead = 0 } = {},
      ): Promise<ChildProcess> => {
        const directory = await mkdtemp(join(tmpdir(), 'samkraft-failpoint-'))
        const file = join(directory, 'failpoint')
        await writeFile(file, failpoint)
        const program = fileURLToPath(new URL('fixtures/process.ts', import.meta.url))
        const told = [role, database.appUrl, store.url, file, String(milliseconds), String(ahead)]
        const child = spawn(process.execPath, [program, ...told], { stdio: ['ignore', 'pipe', 'inherit'] })
        ends.push(async () => {
          if (child.exitCode === null && child.signalCode === null) {
            const gone = once(child, 'exit')
            child.kill('SIGKILL')
            await gone
          }
          await rm(directory, { recursive: true })
        })
        return child
      }
    })
}
