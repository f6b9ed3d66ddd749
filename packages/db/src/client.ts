import type { Socket } from 'node:net'
import { sql } from 'kysely'
import pg from 'pg'
import { isOutdated } from './failure.ts'

const statementsPrepared = 500

/**
 * Put into a statement whose best plan depends on its values (a rare word, a common word): it is planned anew each time,
 * instead of by a plan that has to do for all values.
 */
export const plannedAnew = sql`/* planned anew */ `
const plannedAnewMark = '/* planned anew */'

/**
 * Put into a statement inside a transaction whose result nobody reads: it is held back and goes out together with the
 * statement after it, which then also reports its failure. At the latest that is the commit.
 */
export const sentWithNext = sql`/* sent with the next */ `
const sentWithNextMark = '/* sent with the next */'

type Statement = Readonly<{ text: string; values: readonly unknown[] }>
type Answer = Readonly<{ command: string; rowCount: number; rows: readonly unknown[] }>

/**
 * Speaks with Postgres in fewer words. Every parameterised statement gets a name, so that it is parsed and planned once
 * per connection; beyond the cap (generated lists of varying length) they go unnamed rather than fill the server's memory.
 * And what needs no answer of its own (`begin`, `sentWithNext`) travels with the statement after it: round trips are what
 * a short transaction costs.
 */
export class ThriftyClient extends pg.Client {
  readonly #names = new Map<string, string>()
  /** Names ever given: a name stays with its statement for as long as the connection lasts, also when both are forgotten here. */
  #named = 0
  /** In order, what goes out with the next statement. */
  #held: Statement[] = []

  /**
   * Ends the connection when nothing has come or gone for so long. A server that can be reached has answered, or broken the
   * statement off, long before; of one that cannot, the system would not tell for a quarter of an hour.
   */
  endWhenSilent(milliseconds: number): void {
    const stream = this.#stream
    const silent = Object.assign(new Error('the database has been silent for too long'), { code: 'ETIMEDOUT' })
    stream.setTimeout(milliseconds, () => stream.destroy(silent))
  }

  // pg documents no way to it.
  get #stream(): Socket {
    return (this as unknown as { connection: { stream: Socket } }).connection.stream
  }

  // pg's `query` has a dozen overloads; this keeps them all and only looks at the (text, values) form Kysely uses.
  override query = ((text: unknown, values?: unknown, ...rest: unknown[]) => {
    if (typeof text !== 'string' || !Array.isArray(values) || rest.length > 0) return this.#send(text, values, ...rest)
    const statement = { text, values }
    if (text === 'begin' || text.includes(sentWithNextMark)) {
      this.#held.push(statement)
      return Promise.resolve(answered('HELD'))
    }
    const held = this.#held
    if (held.length === 0) return this.#send(text, values)
    this.#held = []
    const begins = held[0]?.text === 'begin'
    if (text === 'rollback') return begins ? Promise.resolve(answered('ROLLBACK')) : this.#send(text, values)
    if (text === 'commit' && begins && held.length === 1) return Promise.resolve(answered('COMMIT'))
    return this.#sendTogether([...held, statement])
  }) as pg.Client['query']

  /** The answer is the last one's, and a failure that of the first one that failed. */
  async #sendTogether(statements: readonly Statement[]): Promise<unknown> {
    const answers = await Promise.all(statements.map(({ text, values }) => this.#send(text, values)))
    return answers.at(-1)
  }

  /** What is sent within one turn of the event loop goes out in one write. */
  #send(text: unknown, values?: unknown, ...rest: unknown[]): unknown {
    // It is what pg's own queries write to; without this these would be as many packets.
    const stream = this.#stream
    stream.cork()
    process.nextTick(() => stream.uncork())
    const send = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) {
      return send.call(this, text, values, ...rest)
    }
    const name = this.#nameOf(text)
    if (!name) return send.call(this, text, values, ...rest)
    const answer = send.call(this, { name, text, values }, ...rest)
    if (answer instanceof Promise) answer.catch((error: unknown) => isOutdated(error) && this.#names.clear())
    return answer
  }

  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known || text.includes(plannedAnewMark) || this.#names.size >= statementsPrepared) return known
    const name = `s${this.#named++}`
    this.#names.set(text, name)
    return name
  }
}

function answered(command: string): Answer {
  return { command, rowCount: 0, rows: [] }
}
