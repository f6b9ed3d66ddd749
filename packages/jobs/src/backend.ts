import type { JobBackend, QueueCounts } from './port.ts'
import { migratePostgres, openPostgres } from './postgres.ts'
import { openRedis } from './redis.ts'

function kindOf(url: string): 'postgres' | 'redis' {
  if (/^postgres(ql)?:\/\//.test(url)) return 'postgres'
  if (/^rediss?:\/\//.test(url)) return 'redis'
  throw new Error('The URL of the job backend must begin with postgres:// or redis://')
}

/**
 * The URL decides: `postgres://…` keeps jobs in the database, `redis://…` in Redis. `answersWithin`: milliseconds, after which
 * one that says nothing is away.
 */
export function jobBackend(url: string, { answersWithin = 5_000 } = {}): JobBackend {
  return kindOf(url) === 'postgres' ? openPostgres(url, answersWithin) : openRedis(url, answersWithin)
}

/** A step of deployment: brings the job tables up to date. Redis has none, so there it does nothing. */
export async function migrateJobs(url: string): Promise<void> {
  if (kindOf(url) === 'postgres') await migratePostgres(url)
}

/** How many jobs of each queue are where. */
export async function queueCounts<Name extends string>(
  backend: JobBackend,
  names: readonly Name[],
): Promise<Record<Name, QueueCounts>> {
  const counted = names.map(async (name) => {
    await using queue = backend.queue(name)
    return [name, await queue.counts()] as const
  })
  return Object.fromEntries(await Promise.all(counted)) as Record<Name, QueueCounts>
}
