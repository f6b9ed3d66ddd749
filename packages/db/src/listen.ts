import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { keptAlive } from './connect.ts'
import type { Channel } from './herald.ts'

export type Listening = AsyncDisposable

const statements = { outbox: 'listen outbox', live: 'listen live', work: 'listen work' } as const satisfies Record<
  Channel,
  string
>

/**
 * Hears NOTIFY on one channel over a connection of its own, and comes back by itself when the connection drops.
 * `onConnect` runs at every (re)connection: whatever was said meanwhile was not heard.
 */
export async function listen(
  url: string,
  channel: Channel,
  onMessage: (payload: string) => void,
  onConnect: () => void = () => {},
): Promise<Listening> {
  const stop = new AbortController()
  let client: pg.Client | null = null

  async function open(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: `listen ${channel}`,
      // Nothing is asked over it, so this alone tells that the server is gone.
      ...keptAlive,
      connectionTimeoutMillis: 5_000,
    })
    let lost = false
    const lose = () => {
      // One that never was open is tried again by whoever opens it; twice over, attempts would double with each failure.
      if (!lost && client === fresh && !stop.signal.aborted) void reconnect()
      lost = true
    }
    fresh.on('error', lose)
    fresh.on('end', lose)
    fresh.on('notification', ({ payload }) => onMessage(payload ?? ''))
    try {
      await fresh.connect()
      await fresh.query(statements[channel])
      if (lost || stop.signal.aborted) throw new Error('the connection is lost or wanted no longer')
    } catch (error) {
      await fresh.end().catch(() => {})
      throw error
    }
    client = fresh
    onConnect()
  }

  async function reconnect(): Promise<void> {
    for (let wait = 50; !stop.signal.aborted; wait = Math.min(wait * 2, 2_000)) {
      try {
        return await open()
      } catch {
        // The database is away; `wait` grows and the next attempt follows.
        await delay(wait, undefined, { signal: stop.signal }).catch(() => {})
      }
    }
  }

  await open().catch(() => void reconnect())
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await client?.end().catch(() => {})
    },
  }
}
