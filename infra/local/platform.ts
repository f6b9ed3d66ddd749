import { join } from 'node:path'
import { extensions } from '@samkraft/db/extensions'
import pg from 'pg'
import { type Home, type Secrets, secretsIn } from './home.ts'
import { lastLines, showErrors } from './log-file.ts'
import { dataHome, findBinaries, ownDirectory } from './postgres-binaries.ts'
import { answers, clearAway, initialise, postmasterOf, spawnPostgres, type Settings } from './postgres.ts'
import { createDatabases } from './databases.ts'
import { Refusal } from './refusal.ts'
import { services, type Role, type Service } from './services.ts'
import { supervise, type Supervised, type Tell } from './supervisor.ts'

/** What a service needs to reach its database: as itself, and as the owner that runs its migrations. */
export type DatabaseUrls = { readonly app: string; readonly owner: string }

/** Where everything is kept. */
export type Databases = {
  readonly databases: Readonly<Record<Service, DatabaseUrls>>
  readonly jobsUrl: string
}

export type Platform = Databases & {
  /** Superuser URL of the embedded server; absent when every database is managed elsewhere. */
  readonly adminUrl: string | undefined
  readonly server: Supervised | undefined
}

export type PlatformOptions = {
  readonly home: Home
  readonly port: number
  readonly env: NodeJS.ProcessEnv
  readonly settings?: Settings
  readonly tell: Tell
  /** Takes how to stop what was started, in the order it was started. */
  readonly cleanUps: CleanUps
}

export type CleanUps = (() => Promise<unknown>)[]

/**
 * Brings up the databases: the embedded Postgres with one database per service, except where the environment names a
 * managed one (`DATABASE_URL_<SERVICE>` with `MIGRATION_URL_<SERVICE>` for its owner, and `JOBS_URL`).
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { home, port, env } = options
  const managed = managedDatabases(env)
  const jobsUrl = env.JOBS_URL
  const embedded = services.filter((service) => !managed.has(service))
  await Promise.all([...managed].map(([service, urls]) => checkManaged(service, urls)))

  const needsServer = embedded.length > 0 || !jobsUrl
  const { server, adminUrl } = needsServer ? await startServer(options) : {}
  if (adminUrl) await createDatabases(adminUrl, home.secrets.roles, embedded)

  const urlOf = (role: Role, database: string) => embeddedUrl(role, database, { roles: home.secrets.roles, port })
  const databases = services.map((service): [Service, DatabaseUrls] => [
    service,
    managed.get(service) ?? {
      app: urlOf(`${service}_app`, `samkraft_${service}`),
      owner: urlOf(`${service}_owner`, `samkraft_${service}`),
    },
  ])
  return {
    databases: Object.fromEntries(databases) as Record<Service, DatabaseUrls>,
    jobsUrl: jobsUrl ?? urlOf('jobs_app', 'samkraft_jobs'),
    adminUrl,
    server,
  }
}

/** A database of the embedded server, as a role reaches it. */
export function embeddedUrl(
  role: Role,
  database: string,
  { roles, port }: Readonly<{ roles: Secrets['roles']; port: number }>,
): string {
  return `postgres://${role}:${roles[role]}@127.0.0.1:${port}/${database}`
}

async function startServer({ home, port, settings = {}, tell, cleanUps }: PlatformOptions) {
  const binaries = await findBinaries()
  const place = await dataHome(join(home.path, 'postgres'), binaries.account)
  if (!place.startsWith(home.path)) tell(`The database lives in ${place}, where its own user can reach it.`)
  await ownDirectory(place, binaries.account)
  const dataDir = join(place, 'data')
  if ((await initialise(dataDir, home.secrets.superuser, binaries)) === 'created') tell('Created the database server.')
  const adminUrl = `postgres://postgres:${home.secrets.superuser}@127.0.0.1:${port}/postgres`
  const log = join(home.path, 'logs', 'postgres.log')
  cleanUps.push(await showErrors('postgres', log, tell))
  const server = supervise(
    {
      name: 'postgres',
      prepare: () => clearAway(dataDir),
      spawn: () => spawnPostgres(dataDir, port, settings, binaries, log),
      async isReady() {
        const answer = await answers(adminUrl)
        if (answer === 'wrong password') {
          throw new Refusal(
            `The passwords of the database in ${dataDir} are not those in ${secretsIn(home.path)}. ` +
              'Put that file back from a backup, or start over with: npm run reset',
          )
        }
        return answer === 'yes'
      },
      // Fast shutdown: ends sessions and writes everything out.
      stopSignal: 'SIGINT',
      pidOf: () => postmasterOf(dataDir),
      lastWords: () => lastLines(log),
    },
    tell,
  )
  cleanUps.push(server.stop)
  await server.ready()
  return { server, adminUrl }
}

function managedDatabases(env: NodeJS.ProcessEnv): Map<Service, DatabaseUrls> {
  const managed = new Map<Service, DatabaseUrls>()
  for (const service of services) {
    const [app, owner] = [`DATABASE_URL_${service.toUpperCase()}`, `MIGRATION_URL_${service.toUpperCase()}`]
    if (!env[app] && !env[owner]) continue
    if (!env[app] || !env[owner]) {
      const [set, missing] = env[app] ? [app, owner] : [owner, app]
      throw new Refusal(
        `${set} is set and ${missing} is not. A managed database needs both: the role of the service and its owner.`,
      )
    }
    managed.set(service, { app: env[app], owner: env[owner] })
  }
  return managed
}

/** Says at the start what would otherwise fail in the middle of a migration, or not fail and be unsafe. */
async function checkManaged(service: Service, { app, owner }: DatabaseUrls): Promise<void> {
  const present = await ask(`MIGRATION_URL_${service.toUpperCase()}`, owner, 'select extname as name from pg_extension')
  const missing = extensions.filter((extension) => !present.some(({ name }) => name === extension))
  if (missing.length > 0) {
    throw new Refusal(
      `The ${service} database lacks ${missing.join(', ')}. Have its administrator run: ` +
        missing.map((extension) => `create extension ${extension};`).join(' '),
    )
  }
  const tooMuch = await ask(
    `DATABASE_URL_${service.toUpperCase()}`,
    app,
    'select rolname as name from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)',
  )
  if (tooMuch[0]) {
    throw new Refusal(
      `DATABASE_URL_${service.toUpperCase()} uses the role ${tooMuch[0].name}, which row-level security does not hold. ` +
        'Use a role that is neither superuser nor BYPASSRLS.',
    )
  }
}

async function ask(variable: string, url: string, query: string): Promise<{ name: string }[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query<{ name: string }>(query)).rows
  } catch (error) {
    throw new Refusal(`${variable} cannot be used: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    await client.end().catch(() => undefined)
  }
}
