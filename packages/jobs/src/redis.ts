import { once } from 'node:events'
import { keptAlive } from '@samkraft/db'
import { createRedisBackend } from 'bullmq'
import { Redis } from 'ioredis'
import type { JobBackend } from './port.ts'
import { bullBackend } from './bull.ts'

/** Between two attempts to connect, milliseconds. */
const mostWait = 500

const keepAlive = keptAlive.keepAliveInitialDelayMillis

/** Jobs in Redis or Valkey, which must run with `appendonly yes` and `maxmemory-policy noeviction`. */
export function openRedis(url: string, answersWithin: number): JobBackend {
  const retryStrategy = (times: number) => Math.min(times * 100, mostWait)
  // Who adds a job wants to know at once when Redis is away; who waits for jobs waits until it is back.
  const producer = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    commandTimeout: answersWithin,
    keepAlive,
    retryStrategy,
  })
  producer.on('error', () => undefined) // every command that cannot be sent says so itself
  return bullBackend({
    factory: createRedisBackend,
    producer: () => producer,
    consumer: (closing) => ({
      url,
      maxRetriesPerRequest: null,
      keepAlive,
      // Giving up is the only way out of a connection that is down while its worker closes.
      retryStrategy: (times: number) => (closing.aborted ? null : retryStrategy(times)),
    }),
    givesUpWithin: 2 * mostWait,
    async reach() {
      if (producer.status === 'ready') return
      if (producer.status === 'wait') producer.connect().catch(() => undefined) // the wait below hears of it
      await once(producer, 'ready', { signal: AbortSignal.timeout(1_000) }).catch((cause: unknown) => {
        throw new Error('Redis is away', { cause })
      })
    },
    settle: () => Promise.resolve(), // durability is a setting of the server
    promote: (backend, _queue, id) => backend.promote(id),
    close() {
      producer.disconnect()
      return Promise.resolve()
    },
  })
}
