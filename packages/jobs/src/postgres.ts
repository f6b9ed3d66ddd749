import { EventEmitter } from 'node:events'
import { keptAlive } from '@samkraft/db'
import { createPostgresBackend, type PgPool, runMigrations } from 'bullmq'
import pg from 'pg'
import type { JobBackend } from './port.ts'
import { bullBackend } from './bull.ts'

/** Where BullMQ keeps its tables and functions. */
const schema = 'bullmq'

/**
 * Jobs in PostgreSQL, all queues of a process over one small pool.
 *
 * Commits here do not wait for the disk. That is safe because nothing is final in this database: an event counts as
 * published only after `settle`, which does wait, and a claim or completion lost in a crash means that the job runs
 * again, which the inbox of the listening service makes harmless. It takes the disk out of the way of every job.
 */
export function openPostgres(url: string, answersWithin: number): JobBackend {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'samkraft-jobs',
    max: 8,
    min: 2, // warm connections: a job after a quiet hour is as quick as any other
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5_000,
    // A server that is gone without a word; of one that was asked something the system would not tell for a quarter of an hour.
    query_timeout: answersWithin,
    ...keptAlive,
    options: `-c search_path=${schema} -c synchronous_commit=off`,
  })
  pool.on('error', () => undefined) // an idle connection that drops is replaced at the next use
  return bullBackend({
    factory: createPostgresBackend,
    producer: () => new OutageAwarePool(pool),
    consumer: () => new OutageAwarePool(pool),
    givesUpWithin: 0,
    reach: () => Promise.resolve(), // every query finds out for itself
    async settle() {
      // A commit that waits for the disk takes all earlier ones of the same log with it; it needs a record to write.
      await pool.query(
        `select set_config('synchronous_commit', 'on', true), pg_logical_emit_message(true, 'samkraft.jobs', '')`,
      )
    },
    async promote(_backend, queue, id) {
      // BullMQ's function looks and then writes: a job that a worker took in between would be put back while it is worked on.
      await pool.query(
        `with delayed as (select from job where queue = $1 and id = $2 and state = 'delayed' for update skip locked)
         select promote($1, $2) from delayed`,
        [queue, id],
      )
    },
    close: () => pool.end(),
  })
}

/** Brings BullMQ's tables up to date, over a connection of its own. */
export async function migratePostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'samkraft-jobs-migrations' })
  await client.connect()
  try {
    await runMigrations(client, schema)
  } finally {
    await client.end()
  }
}

/**
 * The pool as BullMQ uses it. BullMQ tells outages from mistakes by the code ECONNREFUSED alone; to everything else it
 * answers by asking again at once, or by failing the job. So every way in which PostgreSQL can be away, or there and of no
 * use, gets that code.
 */
class OutageAwarePool extends EventEmitter implements PgPool {
  readonly #pool: pg.Pool
  /** Read by BullMQ to learn that a dropped LISTEN connection will be noticed. */
  readonly options = { keepAlive: true }

  constructor(pool: pg.Pool) {
    super()
    this.#pool = pool
  }

  async query(text: string, params?: readonly unknown[]) {
    return await this.#pool.query(text, params && [...params]).catch((error: unknown) => this.#fail(error))
  }

  connect() {
    return this.#pool.connect().catch((error: unknown) => this.#fail(error))
  }

  /** The pool is shared; who opened it ends it. */
  end() {
    return Promise.resolve()
  }

  #fail(error: unknown): never {
    if (!isOutage(error)) throw error
    const outage = new Error(`the job database is of no use: ${error.message}`, { cause: error })
    // BullMQ says nothing about what it will try again; whoever runs it should still hear.
    if (this.listenerCount('error') > 0) this.emit('error', outage)
    throw Object.assign(outage, { code: 'ECONNREFUSED' })
  }
}

function isOutage(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    // All that Postgres says but of what it was asked: also full, read-only, without its tables, no longer open to us.
    (/^[\dA-Z]{5}$/.test(code) && !/^(BM|P0|2[123]|54)/.test(code)) ||
    /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|ENOENT|EAI_AGAIN)/.test(code) ||
    /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|client was closed|calling end on the pool/i.test(
      error.message,
    )
  )
}
