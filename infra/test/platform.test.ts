import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { access, chmod, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openHome } from '../local/home.ts'
import { type CleanUps, startPlatform } from '../local/platform.ts'
import { freePort } from '../local/ports.ts'
import { dataHome, findBinaries } from '../local/postgres-binaries.ts'
import { unsafeSettings } from '../local/postgres.ts'
import { explain } from '../local/refusal.ts'

let place = ''
let cleanUps: CleanUps = []

beforeEach(async () => {
  // A path with spaces and letters beyond ASCII, as a person's own folder may have.
  place = await mkdtemp(join(tmpdir(), 'samkraft å b '))
  await chmod(place, 0o711)
  cleanUps = []
})

afterEach(async () => {
  await stop()
  await rm(place, { recursive: true, force: true })
})

async function stop(): Promise<void> {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
}

async function start(env: NodeJS.ProcessEnv = {}) {
  const home = await openHome(join(place, '.samkraft'))
  return startPlatform({ home, port: await freePort(), env, settings: unsafeSettings, tell: () => undefined, cleanUps })
}

async function ask(url: string, query: string) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}

test('each role does its own work in its own database and nothing else', async () => {
  const { databases, jobsUrl } = await start()
  const { app, owner } = databases.identity
  await ask(owner, 'create table thing (name citext)')
  await expect(ask(app, 'create table other (name text)')).rejects.toThrow('permission denied for schema public')
  await expect(ask(app, 'select * from thing')).rejects.toThrow('permission denied for table thing')
  const elsewhere = app.replace('samkraft_identity', 'samkraft_matching')
  await expect(ask(elsewhere, 'select 1')).rejects.toThrow('permission denied for database')
  await expect(ask(jobsUrl.replace('samkraft_jobs', 'samkraft_identity'), 'select 1')).rejects.toThrow(
    'permission denied',
  )
  const roles = await ask(
    app,
    `select rolname from pg_roles where rolname ~ '_(app|owner)$' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
  )
  expect(roles).toEqual([])
})

test('Swedish letters are letters to search, to trigrams and to sorting', async () => {
  const { databases } = await start()
  const [row] = await ask(
    databases.marketplace.owner,
    `select to_tsvector('swedish', 'ÅTGÄRDER')::text as words, similarity('åäö', 'ÅÄÖ') as alike, unaccent('åäö') as plain,
       (select string_agg(x, '' order by x collate "sv-x-icu") from unnest(array['ö', 'å', 'z', 'ä']) x) as sorted`,
  )
  expect(row).toEqual({ words: "'åtgärd':1", alike: 1, plain: 'aao', sorted: 'zåäö' })
})

test('a second start keeps the data and the passwords', async () => {
  const first = await start()
  await ask(first.databases.matching.owner, `create table kept as select 'here' as word`)
  await stop()
  const second = await start()
  expect(await ask(second.databases.matching.owner, 'select word from kept')).toEqual([{ word: 'here' }])
})

test('comes back with all that was acknowledged when the postmaster is killed in the middle of work', async () => {
  const { databases, server, adminUrl } = await start()
  await ask(databases.identity.owner, `create table kept as select 'here' as word`)
  // A backend that is busy outlives its postmaster for a while and holds the shared memory.
  const busy = ask(adminUrl ?? '', 'select count(*) from generate_series(1, 1e9)').catch(() => 'cut off')
  await expect
    .poll(() => ask(adminUrl ?? '', `select count(*)::int from pg_stat_activity where query like '%1e9)'`))
    .toEqual([{ count: 1 }])
  const postmaster = await server?.pid()
  await server?.kill('SIGKILL')
  expect(await busy).toBe('cut off')
  await expect.poll(() => server?.pid().then((pid) => pid !== undefined && pid !== postmaster)).toBe(true)
  await server?.ready(30_000)
  expect(await ask(databases.identity.owner, 'select word from kept')).toEqual([{ word: 'here' }])
})

test.runIf(existsSync('/dev/full'))('a database that can no longer write its log goes on', async () => {
  const home = await openHome(join(place, '.samkraft'))
  await symlink('/dev/full', join(home.path, 'logs/postgres.log'))
  const { databases } = await start()
  const client = new pg.Client({ connectionString: databases.identity.owner, query_timeout: 5_000 })
  await client.connect()
  // More than fits on the way from the server to its log.
  const wrong = `select nothing /* ${'x'.repeat(10_000)} */`
  try {
    for (let times = 0; times < 100; times++) await expect(client.query(wrong)).rejects.toThrow('does not exist')
  } finally {
    client.end().catch(() => undefined)
  }
})

test('a number that a server has left behind, and that another process has by now, keeps no server from starting', async () => {
  const first = await start()
  await ask(first.databases.matching.owner, `create table kept as select 'here' as word`)
  await stop()
  const { account } = await findBinaries()
  const other = spawn('sleep', ['60'], { ...account })
  try {
    await writeFile(join(place, '.samkraft/postgres/data/postmaster.pid'), `${other.pid}\n`)
    const second = await start()
    expect(await ask(second.databases.matching.owner, 'select word from kept')).toEqual([{ word: 'here' }])
    expect(other.exitCode ?? other.signalCode).toBeNull()
  } finally {
    other.kill()
  }
})

test('data of another major version is refused in words, and left as it is', async () => {
  await start()
  await stop()
  const version = join(place, '.samkraft/postgres/data/PG_VERSION')
  await writeFile(version, '17\n')
  await expect(start()).rejects.toThrow(/was written by Postgres 17; this Samkraft runs Postgres 18/)
  await access(version)
})

test('what an interrupted reset has left of a database is refused in words', async () => {
  await start()
  await stop()
  await rm(join(place, '.samkraft/postgres/data/PG_VERSION'))
  await expect(start()).rejects.toThrow(/is a part of a database and no whole one[.] Start over with: npm run reset/)
})

test('data whose passwords are gone is refused in words', async () => {
  await start()
  await stop()
  await rm(join(place, '.samkraft/secrets.json'))
  await expect(start()).rejects.toThrow('The passwords of the database')
})

test('passwords that cannot be read are refused in words, which show none of them', async () => {
  const home = join(place, '.samkraft')
  const { secrets } = await openHome(home)
  await writeFile(join(home, 'secrets.json'), JSON.stringify(secrets).slice(0, 60))
  const refused: unknown = await start().catch((error: unknown) => error)
  expect(explain(refused)).toContain('secrets.json cannot be read')
  expect(explain(refused)).not.toContain(secrets.superuser.slice(0, 4))
})

test.runIf(process.getuid?.() === 0)('root keeps the data elsewhere when its home is closed to others', async () => {
  await chmod(place, 0o700)
  const { databases } = await start()
  expect(await ask(databases.identity.app, 'select 1 as one')).toEqual([{ one: 1 }])
  const { account } = await findBinaries()
  const outside = await dataHome(join(place, '.samkraft/postgres'), account)
  expect(await readdir(outside)).toEqual(['data'])
  expect(outside.startsWith(place)).toBe(false)
  await stop()
  await rm(outside, { recursive: true })
})

test('a managed database needs the role of the service and that of its owner', async () => {
  await expect(start({ DATABASE_URL_IDENTITY: 'postgres://a:b@127.0.0.1:1/c' })).rejects.toThrow(
    'DATABASE_URL_IDENTITY is set and MIGRATION_URL_IDENTITY is not',
  )
})

test('a managed database is used instead of the embedded one, once it is fit for it', async () => {
  const embedded = await start()
  const { app, owner } = embedded.databases.identity
  const managed = await ask(embedded.adminUrl ?? '', 'create database elsewhere owner identity_owner').then(() => ({
    DATABASE_URL_IDENTITY: app.replace('samkraft_identity', 'elsewhere'),
    MIGRATION_URL_IDENTITY: owner.replace('samkraft_identity', 'elsewhere'),
  }))
  const home = await openHome(join(place, 'second'))
  const options = { home, port: await freePort(), settings: unsafeSettings, tell: () => undefined, cleanUps }
  await expect(startPlatform({ ...options, env: managed })).rejects.toThrow(
    'The identity database lacks pg_trgm, unaccent, btree_gist, citext. Have its administrator run: create extension pg_trgm;',
  )
  const superuser = embedded.adminUrl?.replace(/postgres$/, 'elsewhere') ?? ''
  await expect(startPlatform({ ...options, env: { ...managed, DATABASE_URL_IDENTITY: superuser } })).rejects.toThrow()
  await ask(
    superuser,
    'create extension pg_trgm; create extension unaccent; create extension btree_gist; create extension citext',
  )
  await expect(startPlatform({ ...options, env: { ...managed, DATABASE_URL_IDENTITY: superuser } })).rejects.toThrow(
    'uses the role postgres, which row-level security does not hold',
  )
  const { databases } = await startPlatform({ ...options, env: managed })
  expect(databases.identity.app).toBe(managed.DATABASE_URL_IDENTITY)
  expect(databases.matching.app).toContain('/samkraft_matching')
})
