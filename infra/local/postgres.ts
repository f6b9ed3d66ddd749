import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { chown, mkdtemp, readFile, readdir, readlink, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { type Binaries } from './postgres-binaries.ts'
import { isOutOfSpace, Refusal } from './refusal.ts'

const run = promisify(execFile)

const major = '18'

/**
 * The shell holds the server and a pipe from us: when we die, however we die, the pipe ends and the server is asked to
 * stop. Its process group is its own, so Ctrl-C at the terminal reaches us and not the database.
 */
const keeper = `
exec 3<&0
"$@" 3<&- &
server=$!
trap 'kill -INT $server 2>/dev/null' INT TERM
( trap '' INT TERM; while read -r _; do :; done <&3; kill -INT $server 2>/dev/null ) >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait $server
status=$?
while kill -0 $server 2>/dev/null; do wait $server; status=$?; done
kill -KILL $watch 2>/dev/null
exit $status
`

export type Settings = Readonly<Record<string, string | number>>

/**
 * Faster, and not safe when the power goes: for databases that live as long as a test. What was acknowledged still
 * outlives a killed process, because each commit is handed to the system.
 */
export const unsafeSettings: Settings = {
  fsync: 'off',
  full_page_writes: 'off',
  max_wal_size: '4GB',
  wal_level: 'minimal',
  max_wal_senders: 0,
}

/** Creates the data directory unless it is there; the one above belongs to the server's account. Refuses one that another major version wrote. */
export async function initialise(dataDir: string, password: string, binaries: Binaries): Promise<'created' | 'kept'> {
  const version = await readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version !== undefined) {
    if (version.trim() === major) return 'kept'
    throw new Refusal(
      `The data in ${dataDir} was written by Postgres ${version.trim()}; this Samkraft runs Postgres ${major}. ` +
        'Start the version that wrote it to take the data out, or start over with: npm run reset',
    )
  }
  // Made beside and renamed: a directory that is there is whole, even if we are killed in the middle.
  const half = `${dataDir}.new`
  await rm(half, { recursive: true, force: true })
  const secret = await mkdtemp(join(tmpdir(), 'samkraft-'))
  try {
    const passwordFile = join(secret, 'password')
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    if (binaries.account) {
      await chown(secret, binaries.account.uid, binaries.account.gid)
      await chown(passwordFile, binaries.account.uid, binaries.account.gid)
    }
    await createCluster(half, passwordFile, binaries)
    await rename(half, dataDir).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
      throw new Refusal(`In ${dataDir} is a part of a database and no whole one. Start over with: npm run reset`)
    })
    return 'created'
  } finally {
    await rm(secret, { recursive: true, force: true })
  }
}

/**
 * Letters are classified by the built-in C.UTF-8, the same everywhere; only the C library's own classes, which trigrams
 * use, come from the system, and systems differ in what they call them.
 */
async function createCluster(dataDir: string, passwordFile: string, { initdb, account }: Binaries): Promise<void> {
  let output = ''
  for (const characters of ['C.UTF-8', 'en_US.UTF-8', 'sv_SE.UTF-8']) {
    const child = spawn(
      initdb,
      [
        `--pgdata=${dataDir}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        `--lc-ctype=${characters}`,
        '--no-instructions',
      ],
      { ...account, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    output = ''
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    child.stderr.on('data', (chunk) => (output += String(chunk)))
    const code = await new Promise<number | string>((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('close', (status) => resolve(status ?? 'killed'))
    })
    if (code === 0) return
    if (typeof code === 'string') throw new Refusal(`Postgres could not be run (${code}).${musl()}`)
    if (!/invalid locale/i.test(output)) break
  }
  await rm(dataDir, { recursive: true, force: true })
  const error = new Error(`The database could not be created:\n${output}`)
  if (isOutOfSpace(error)) throw new Refusal('The disk is full: there is no room to create the database (about 60 MB).')
  throw error
}

function musl(): string {
  return process.platform === 'linux'
    ? ' Its binaries need glibc 2.17 or newer; Alpine and other musl systems have none.'
    : ''
}

/** Starts the server and returns at once; `answers` tells when it is there. */
export function spawnPostgres(
  dataDir: string,
  port: number,
  settings: Settings,
  binaries: Binaries,
  log: string,
): ChildProcess {
  const all: Settings = {
    listen_addresses: '127.0.0.1',
    // A socket's path may not be longer than 107 characters, and a checkout's may be.
    unix_socket_directories: '',
    port,
    max_connections: 200,
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %u@%d ',
    jit: 'off',
    ...settings,
  }
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn('/bin/sh', ['-c', keeper, 'samkraft-postgres', binaries.postgres, '-D', dataDir, ...options], {
    ...binaries.account,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  child.stderr.on('data', (said: Buffer) => {
    try {
      appendFileSync(log, said, { mode: 0o600 })
    } catch {
      // On a full disk it is lost. Left unread it would stop the server, which waits until it is heard.
    }
  })
  return child
}

/**
 * Makes way for a new server: whatever an earlier one left running in this directory is stopped. After a `kill -9` of
 * the postmaster its backends keep the shared memory until they notice, and no new server starts before that.
 */
export async function clearAway(dataDir: string): Promise<void> {
  const home = await realpath(dataDir).catch(() => dataDir)
  const postmaster = await postmasterOf(dataDir)
  for (let tries = 0; tries < 200; tries++) {
    const left = await processesIn(home, dataDir, postmaster)
    if (left.length === 0) {
      // Its number may be another process's by now, as after a power cut; the server would take that for one of its own.
      if (postmaster !== undefined && signalTo(postmaster, 0))
        await rm(join(dataDir, 'postmaster.pid'), { force: true })
      return
    }
    if (tries % 50 === 0) {
      // A postmaster takes its backends with it; backends without one are told to leave, and then made to.
      const orderly = postmaster !== undefined && left.includes(postmaster) && tries < 100
      const signal = tries >= 150 ? 'SIGKILL' : orderly && tries === 0 ? 'SIGINT' : 'SIGQUIT'
      for (const pid of orderly ? [postmaster] : left) signalTo(pid, signal)
    }
    await pause(100)
  }
}

/** The postmaster by its own lock file, which stays behind when it is killed. */
export async function postmasterOf(dataDir: string): Promise<number | undefined> {
  const lock = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number.parseInt(lock, 10)
  return pid > 0 ? pid : undefined
}

/** Server processes work in their data directory, which is how they are told from everything else; elsewhere by how they were started. */
async function processesIn(home: string, dataDir: string, postmaster: number | undefined): Promise<number[]> {
  if (process.platform !== 'linux') {
    if (postmaster === undefined) return []
    const asked = run('ps', ['-ww', '-o', 'args=', '-p', String(postmaster)])
    const { stdout } = await asked.catch(() => ({ stdout: '' }))
    return stdout.includes(dataDir) ? [postmaster] : []
  }
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0)
  const found = await Promise.all(
    pids.map(async (pid) => ((await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === home ? pid : 0)),
  )
  return found.filter((pid) => pid > 0)
}

function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return false
  }
}

/** Whether the server takes a connection and answers a query. */
export async function answers(adminUrl: string): Promise<'yes' | 'no' | 'wrong password'> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return 'yes'
  } catch (error) {
    return error instanceof pg.DatabaseError && error.code === '28P01' ? 'wrong password' : 'no'
  } finally {
    await client.end().catch(() => undefined)
  }
}

export function newPassword(): string {
  return randomBytes(24).toString('base64url')
}
