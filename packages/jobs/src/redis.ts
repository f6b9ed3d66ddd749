import { createRedisBackend } from 'bullmq'
import { Redis } from 'ioredis'
import type { JobBackend } from './port.ts'
import { bullBackend } from './bull.ts'

/** Jobs in Redis or Valkey, which must run with `appendonly yes` and `maxmemory-policy noeviction`. */
export function openRedis(url: string): JobBackend {
  const retryStrategy = (times: number) => Math.min(times * 100, 1_000)
  // Who adds a job wants to know at once when Redis is away; who waits for jobs waits until it is back.
  const producer = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    commandTimeout: 5_000,
    retryStrategy,
  })
  producer.on('error', () => undefined) // every command that cannot be sent says so itself
  return bullBackend({
    factory: createRedisBackend,
    producer: () => producer,
    consumer: () => ({ url, maxRetriesPerRequest: null, retryStrategy }),
    settle: () => Promise.resolve(), // durability is a setting of the server
    close() {
      producer.disconnect()
      return Promise.resolve()
    },
  })
}
