import { createDatabases } from '../local/databases.ts'
import { migrateAll } from '../local/migrations.ts'
import { explain, Refusal } from '../local/refusal.ts'
import { type Role, type Service, services } from '../local/services.ts'

/**
 * The step of deployment before the services start: creates the databases and roles that are missing (where ADMIN_URL is
 * given) and brings every schema up to date. Safe to run again; one at a time.
 */
async function prepare(env: NodeJS.ProcessEnv): Promise<void> {
  const read = (name: string): string => {
    const value = env[name]
    if (!value) throw new Refusal(`${name} is missing.`)
    return value
  }
  const databases = Object.fromEntries(
    services.map((service) => {
      const name = service.toUpperCase()
      return [service, { app: read(`DATABASE_URL_${name}`), owner: read(`MIGRATION_URL_${name}`) }]
    }),
  ) as Record<Service, { app: string; owner: string }>
  const jobsUrl = read('JOBS_URL')
  if (env.ADMIN_URL) {
    const urls = [...services.flatMap((service) => Object.values(databases[service])), jobsUrl]
    await createDatabases(env.ADMIN_URL, passwordsIn(urls), services)
  }
  await migrateAll({ databases, jobsUrl })
}

/** The passwords the services will use, by role. A queue on Redis has no role, and then none can sign in as it. */
function passwordsIn(urls: readonly string[]): Readonly<Partial<Record<Role, string>>> {
  const known = urls.map((text) => new URL(text)).filter(({ protocol }) => protocol.startsWith('postgres'))
  return Object.fromEntries(known.map(({ username, password }) => [username, decodeURIComponent(password)]))
}

try {
  await prepare(process.env)
  console.log('The databases are ready.')
} catch (error) {
  console.error(explain(error))
  process.exitCode = 1
}
