import type { Period } from '@samkraft/kernel'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { ThriftyClient } from './client.ts'

const oid = { int8: 20, date: 1082, daterange: 3912, numeric: 1700 } as const

/** A server that is gone without a word is asked after 10 s whether it is there, and not after two hours as systems do. */
export const keptAlive = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const

/** `[2027-01-11,2027-06-12)` as Postgres writes a finite daterange. */
function parseDaterange(text: string): Period | null {
  const [from, to] = text.slice(1, -1).split(',')
  return from && to ? { from, to } : null
}

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [oid.int8]: Number,
  [oid.numeric]: Number,
  // A civil date stays the text it is: a Date would move it across time zones.
  [oid.date]: (text) => text,
  [oid.daterange]: parseDaterange,
}

type ConnectOptions = Readonly<{
  /** Connections at most; 10 unless told. */
  max?: number
  /** What the server lists the connections as. */
  name?: string
  /** A lost idle connection is replaced at next use; this hears of it. */
  onError?: (error: Error) => void
  /** Milliseconds a statement may take; 15 s unless told, 0: as long as it takes. */
  statementTimeout?: number
  /** Milliseconds without a byte after which a connection is lost; 5 s more than a statement may take unless told, 0: never. */
  silence?: number
  /** Milliseconds a statement may wait for a lock; 10 s unless told. */
  lockTimeout?: number
}>

/** The pool behind `connect`, for callers that speak plain SQL. Timeouts besides those told: 5 s to connect, 15 s idle inside a transaction. */
export function createPool(
  url: string,
  {
    max = 10,
    name = 'samkraft',
    onError = () => {},
    statementTimeout = 15_000,
    lockTimeout = 10_000,
    silence = statementTimeout === 0 ? 0 : statementTimeout + 5_000,
  }: ConnectOptions = {},
): pg.Pool {
  const pool = new pg.Pool({
    Client: ThriftyClient,
    // Statements follow each other without waiting for answers where `ThriftyClient` sends several at once.
    pipeline: true,
    connectionString: url,
    max,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeout,
    lock_timeout: lockTimeout,
    idle_in_transaction_session_timeout: 15_000,
    ...keptAlive,
    types: { getTypeParser: (id: number, format) => parsers[id] ?? pg.types.getTypeParser(id, format) },
  })
  pool.on('error', onError)
  // A connection that is lost while a transaction holds it between two statements says so to whoever listens, and to the
  // process when nobody does. Its next statement fails anyway.
  pool.on('connect', (client) => {
    client.on('error', () => {})
    if (client instanceof ThriftyClient && silence > 0) client.endWhenSilent(silence)
  })
  return pool
}

/** A database as Kysely sees it. Dates are `YYYY-MM-DD`, dateranges are `Period`, int8 and numeric are numbers. */
export function connect<Schema>(url: string, options: ConnectOptions = {}): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: createPool(url, options) }) })
}

/** A period as a value in a statement. */
export function daterange({ from, to }: Period) {
  return sql<Period>`daterange(${from}::date, ${to}::date)`
}
