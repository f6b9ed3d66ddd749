import type { Period } from '@samkraft/kernel'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'

const statementsPrepared = 500

/**
 * Put into a statement whose best plan depends on its values (a rare word, a common word): it is planned anew each time,
 * instead of by a plan that has to do for all values.
 */
export const plannedAnew = sql`/* planned anew */ `
const plannedAnewMark = '/* planned anew */'

/**
 * Gives every parameterised statement a name, so that Postgres parses and plans it once per connection.
 * Statements beyond the cap (generated lists of varying length) run unnamed rather than fill the server's memory.
 */
class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>()

  // pg's `query` has a dozen overloads; this keeps them all and only rewrites the (text, values) form Kysely uses.
  override query = ((text: unknown, values?: unknown, ...rest: unknown[]) => {
    const send = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) {
      return send.call(this, text, values, ...rest)
    }
    let name = this.#names.get(text)
    if (!name && !text.includes(plannedAnewMark) && this.#names.size < statementsPrepared) {
      name = `s${this.#names.size}`
      this.#names.set(text, name)
    }
    return name ? send.call(this, { name, text, values }, ...rest) : send.call(this, text, values, ...rest)
  }) as pg.Client['query']
}

const oid = { int8: 20, date: 1082, daterange: 3912, numeric: 1700 } as const

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

export type ConnectOptions = Readonly<{
  /** Connections at most; 10 unless told. */
  max?: number
  /** What the server lists the connections as. */
  name?: string
  /** A lost idle connection is replaced at next use; this hears of it. */
  onError?: (error: Error) => void
}>

/** The pool behind `connect`, for callers that speak plain SQL. Timeouts: 5 s to connect, 15 s a statement, 15 s idle inside a transaction. */
export function createPool(
  url: string,
  { max = 10, name = 'samkraft', onError = () => {} }: ConnectOptions = {},
): pg.Pool {
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: url,
    max,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 15_000,
    keepAlive: true,
    types: { getTypeParser: (id: number, format) => parsers[id] ?? pg.types.getTypeParser(id, format) },
  })
  pool.on('error', onError)
  // A connection that is lost while a transaction holds it between two statements says so to whoever listens, and to the
  // process when nobody does. Its next statement fails anyway.
  pool.on('connect', (client) => client.on('error', () => {}))
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
