import { type Kysely, sql, type Transaction } from 'kysely'

/** What there is to hear: events to carry on, pages to refresh, work a service has left for itself. */
export type Channel = 'outbox' | 'live' | 'work'

/** What is to be said on each channel; the same twice is said once. */
type News = Map<Channel, Set<string>>

const newsOf = new WeakMap<object, News>()
const heralds = new WeakMap<object, (news: News) => void>()

/**
 * Says something to whoever listens on the channel when, and only when, the transaction has committed. The transaction must
 * be one of `transact`.
 *
 * Not by NOTIFY inside it: every commit that notifies waits for all others of the whole server, each with its own write to
 * disk (ADR 15). What is lost when the process dies between is found by polling, or when the page is loaded next.
 */
export function sayAfterCommit<Schema>(tx: Transaction<Schema>, channel: Channel, message = ''): void {
  const news = newsOf.get(tx)
  if (!news) throw new Error('only a transaction of transact may say something')
  add(news, channel, message)
}

/** Runs `run` and gives its result with what it wants said. */
export async function hearing<Schema, Result>(
  tx: Transaction<Schema>,
  run: (tx: Transaction<Schema>) => Promise<Result>,
): Promise<{ result: Result; news: News }> {
  const news: News = new Map()
  newsOf.set(tx, news)
  return { result: await run(tx), news }
}

/** Says it now, without making anybody wait. */
export function say<Schema>(db: Kysely<Schema>, news: News): void {
  if (news.size === 0) return
  const herald = heralds.get(db) ?? heraldOf(db)
  heralds.set(db, herald)
  herald(news)
}

/** Speaks once at a time; what comes in meanwhile is said together. */
function heraldOf<Schema>(db: Kysely<Schema>): (news: News) => void {
  let waiting: News = new Map()
  let speaking = false

  async function speak(): Promise<void> {
    speaking = true
    while (waiting.size > 0) {
      const news = waiting
      waiting = new Map()
      // When the database is away nobody listens either.
      await notify(db, news).catch(() => undefined)
    }
    speaking = false
  }

  return (news) => {
    for (const [channel, messages] of news) for (const message of messages) add(waiting, channel, message)
    if (!speaking) void speak()
  }
}

/** In a commit of its own that does not wait for the disk: nothing here is worth it. */
function notify<Schema>(db: Kysely<Schema>, news: News): Promise<unknown> {
  const all = [...news].flatMap(([channel, messages]) => [...messages].map((message) => ({ channel, message })))
  return sql`
    select set_config('synchronous_commit', 'off', true), pg_notify(channel, message)
    from unnest(${all.map(({ channel }) => channel)}::text[], ${all.map(({ message }) => message)}::text[])
      as said(channel, message)`.execute(db)
}

function add(news: News, channel: Channel, message: string): void {
  const messages = news.get(channel) ?? new Set()
  news.set(channel, messages.add(message))
}
