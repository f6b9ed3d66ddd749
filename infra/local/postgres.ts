import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { chmod, mkdtemp, chown, readFile, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Binaries } from './postgres-binaries.ts'
import { isOutOfSpace, Refusal } from './refusal.ts'

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

/** Faster and not safe: for databases that live as long as a test. */
export const unsafeSettings: Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '4GB',
  wal_level: 'minimal',
  max_wal_senders: 0,
}

/** Creates the data directory unless it is there. Refuses one that another major version wrote. */
export async function initialise(dataDir: string, password: string, binaries: Binaries): Promise<'created' | 'kept'> {
  const version = await readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version !== undefined) {
    if (version.trim() === major) return 'kept'
    throw new Refusal(
      `The data in ${dataDir} was written by Postgres ${version.trim()}; this Samkraft runs Postgres ${major}. ` +
        'Start the version that wrote it to take the data out, or start over with: npm run reset',
    )
  }
  await rm(dataDir, { recursive: true, force: true })
  const secret = await mkdtemp(join(tmpdir(), 'samkraft-'))
  try {
    const passwordFile = join(secret, 'password')
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    if (binaries.account) {
      await chown(secret, binaries.account.uid, binaries.account.gid)
      await chown(passwordFile, binaries.account.uid, binaries.account.gid)
    }
    await createCluster(dataDir, passwordFile, binaries)
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

/** Starts the server and returns at once; `reachable` tells when it answers. */
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
  const file = createWriteStream(log, { flags: 'a' })
  file.on('error', () => undefined)
  child.stderr.pipe(file)
  return child
}

/**
 * Makes way for a new server: whatever an earlier one left running in this directory is stopped. After a `kill -9` of
 * the postmaster its backends keep the shared memory until they notice, and no new server starts before that.
 */
export async function clearAway(dataDir: string): Promise<void> {
  const postmaster = Number((await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0])
  for (let tries = 0; tries < 300; tries++) {
    const left = await processesIn(dataDir, postmaster)
    if (left.length === 0) return
    // Fast shutdown first, then immediate, then by force: the log makes up for it at the next start.
    const signal = tries < 100 ? 'SIGINT' : tries < 200 ? 'SIGQUIT' : 'SIGKILL'
    if (tries % 50 === 0)
      for (const pid of left) signalTo(pid, left.includes(postmaster) && pid !== postmaster ? 0 : signal)
    await pause(100)
  }
}

/** Server processes work in their data directory, which is how they are told from everything else. */
async function processesIn(dataDir: string, postmaster: number): Promise<number[]> {
  if (process.platform !== 'linux') return postmaster > 0 && signalTo(postmaster, 0) ? [postmaster] : []
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0)
  const found = await Promise.all(
    pids.map(async (pid) => ((await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === dataDir ? pid : 0)),
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

/** Resolves when the server answers a query; rejects when `gone` resolves first or it takes too long. */
export async function reachable(adminUrl: string, gone: Promise<unknown>, timeoutSeconds = 60): Promise<void> {
  const until = Date.now() + timeoutSeconds * 1_000
  let dead = false
  void gone.then(() => (dead = true))
  while (Date.now() < until) {
    if (dead) throw new Error('Postgres stopped while starting')
    if (await answers(adminUrl)) return
    await pause(50)
  }
  throw new Error(`Postgres did not answer within ${timeoutSeconds} s`)
}

async function answers(adminUrl: string): Promise<boolean> {
  const { hostname, port } = new URL(adminUrl)
  const open = await new Promise<boolean>((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
  if (!open) return false
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

export function newPassword(): string {
  return randomBytes(24).toString('base64url')
}

/** A password file that only its owner reads, whatever the umask. */
export async function keepSecret(path: string, content: string): Promise<void> {
  await writeFile(path, content, { mode: 0o600 })
  await chmod(path, 0o600)
}
