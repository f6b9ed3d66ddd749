import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listenOn } from '@samkraft/db/testing'
import { Redis } from 'ioredis'
import pg from 'pg'
import { migrateJobs } from '../src/index.ts'

export type BackendKind = 'postgres' | 'redis'

/** The backends this machine can run: PostgreSQL always, Redis where `redis-server` is on the PATH. */
export const backendKinds: readonly BackendKind[] = hasRedis() ? ['postgres', 'redis'] : ['postgres']

function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** An empty place to keep jobs in, of its own. */
export type JobStore = AsyncDisposable & Readonly<{ url: string }>

export function openJobStore(kind: BackendKind, adminUrl: string): Promise<JobStore> {
  return kind === 'postgres' ? openPostgresStore(adminUrl) : openRedisStore()
}

async function openPostgresStore(adminUrl: string): Promise<JobStore> {
  const name = `jobs_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`create database ${name}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  await migrateJobs(url.href)
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

/** Redis as it must be run: it keeps what it was told, and refuses rather than forgets when it is full. */
async function openRedisStore(): Promise<JobStore> {
  const directory = await mkdtemp(join(tmpdir(), 'samkraft-redis-'))
  const port = await freePort()
  const settings = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction', '--save', '', '--dir', directory]
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', ...settings], {
    stdio: 'ignore',
  })
  const url = `redis://127.0.0.1:${port}`
  const client = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null })
  client.on('error', () => undefined) // until it has started
  await client.ping()
  client.disconnect()
  return {
    url,
    async [Symbol.asyncDispose]() {
      await kill(server)
      await rm(directory, { recursive: true })
    },
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listenOn(server, 0)
  server.close()
  await once(server, 'close')
  return port
}
