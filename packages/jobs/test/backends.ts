import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, connect as dial, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

async function listenOn(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address')
  return address.port
}

/**
 * A way to a server that can be cut and mended, and frozen and thawed. While cut, connecting is refused and open connections are
 * gone; while frozen nothing comes through, and nobody is told.
 */
export type Cable = AsyncDisposable &
  Readonly<{ url: string; cut(): Promise<void>; mend(): Promise<void>; freeze(): void; thaw(): void }>

export async function layCable(target: string): Promise<Cable> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let frozen = false
  const open = () =>
    createServer((near) => {
      const far = dial(Number(port), hostname)
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one)
        one.on('error', () => other.destroy())
        one.on('close', () => {
          sockets.delete(one)
          other.destroy()
        })
        one.pipe(other)
        if (frozen) one.pause()
      }
    })
  let server = open()
  const own = await listenOn(server, 0)
  const url = new URL(target)
  url.host = `127.0.0.1:${own}`

  async function cut(): Promise<void> {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return {
    url: url.href,
    cut,
    async mend() {
      server = open()
      await listenOn(server, own)
    },
    freeze() {
      frozen = true
      for (const socket of sockets) socket.pause()
    },
    thaw() {
      frozen = false
      for (const socket of sockets) socket.resume()
    },
    [Symbol.asyncDispose]: cut,
  }
}
