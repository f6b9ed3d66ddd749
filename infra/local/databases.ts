import { extensions } from '@samkraft/db/extensions'
import pg from 'pg'
import { allRoles, type Role, type Service } from './services.ts'

/**
 * Creates what is missing: the roles, one database per service, its extensions. A role may do its own work and nothing
 * else: the owner makes tables in its own database, the app role gets what the migrations grant it, and neither can
 * connect to another service's database. A role without a password cannot sign in.
 */
export async function createDatabases(
  adminUrl: string,
  passwords: Readonly<Partial<Record<Role, string>>>,
  embedded: readonly Service[],
): Promise<void> {
  const present = await createOnServer(adminUrl, passwords, embedded)
  const fresh = embedded.filter((service) => !present.has(`samkraft_${service}`))
  await Promise.all(fresh.map((service) => prepareServiceDatabase(adminUrl, service)))
  if (!present.has('samkraft_jobs')) await prepareJobsDatabase(adminUrl)
}

async function createOnServer(
  adminUrl: string,
  passwords: Readonly<Partial<Record<Role, string>>>,
  embedded: readonly Service[],
): Promise<Set<string>> {
  return withAdmin(adminUrl, 'postgres', async (admin) => {
    const roles = await names(admin, 'select rolname as name from pg_roles')
    for (const role of allRoles) {
      const verb = roles.has(role) ? 'alter' : 'create'
      const given = passwords[role]
      const password = given === undefined ? 'null' : admin.escapeLiteral(given)
      await admin.query(
        `${verb} role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls noreplication password ${password}`,
      )
    }
    const databases = await names(admin, `select datname as name from pg_database where datname like 'samkraft\\_%'`)
    for (const name of ['jobs', ...embedded].map((part) => `samkraft_${part}`)) {
      if (databases.has(name)) continue
      await admin.query(`drop database if exists ${name}_new`)
      await admin.query(`create database ${name}_new`)
    }
    return databases
  })
}

async function prepareServiceDatabase(adminUrl: string, service: Service): Promise<void> {
  const database = `samkraft_${service}`
  await withAdmin(adminUrl, `${database}_new`, async (admin) => {
    for (const extension of extensions) await admin.query(`create extension if not exists ${extension}`)
    await admin.query(`
      revoke all on database ${database}_new from public;
      grant connect, temporary on database ${database}_new to ${service}_owner, ${service}_app;
      grant create on database ${database}_new to ${service}_owner;
      alter schema public owner to ${service}_owner;
      revoke all on schema public from public;
      grant usage on schema public to ${service}_app`)
  })
  await finish(adminUrl, database)
}

/** The queue keeps its own schema and migrates it itself, so its role may create. */
async function prepareJobsDatabase(adminUrl: string): Promise<void> {
  await withAdmin(adminUrl, 'samkraft_jobs_new', (admin) =>
    admin.query(`
      revoke all on database samkraft_jobs_new from public;
      grant connect, temporary, create on database samkraft_jobs_new to jobs_app;
      alter schema public owner to jobs_app`),
  )
  await finish(adminUrl, 'samkraft_jobs')
}

/** A database gets its name last: one that has it is whole, even if we are killed half-way. */
async function finish(adminUrl: string, database: string): Promise<void> {
  await withAdmin(adminUrl, 'postgres', (admin) => admin.query(`alter database ${database}_new rename to ${database}`))
}

async function names(admin: pg.Client, query: string): Promise<Set<string>> {
  const { rows } = await admin.query<{ name: string }>(query)
  return new Set(rows.map(({ name }) => name))
}

async function withAdmin<Result>(adminUrl: string, database: string, use: (admin: pg.Client) => Promise<Result>) {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  const admin = new pg.Client({ connectionString: url.href })
  admin.on('error', () => undefined)
  await admin.connect()
  try {
    return await use(admin)
  } finally {
    await admin.end()
  }
}
