import { createHash, randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { inject, test as base } from 'vitest'
import { baseMigrations, enableTenancy } from '../base/migration.ts'
import type { Base } from '../base/schema.ts'
import { connect } from '../connect.ts'
import { extensions } from '../extensions.ts'
import { migrate, type Migrations } from '../migrate.ts'

export { layCable, listenOn } from './cable.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's URL to the throwaway Postgres of this run. */
    adminUrl: string
  }
}

const owner = 'test_owner'
const app = 'test_app'

export type TestDatabase = Readonly<{
  /** As the running service: row-level security bites. */
  appUrl: string
  /** As the schema's owner: may move the clock. */
  ownerUrl: string
  /** As superuser: sees everything, for assertions and for breaking things. */
  adminUrl: string
  drop(): Promise<void>
}>

/** A database of its own with all migrations applied, cloned from a template that is made once per set of migrations. */
export async function createTestDatabase(migrations: Migrations): Promise<TestDatabase> {
  const adminUrl = inject('adminUrl')
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  const template = await ensureTemplate(admin, adminUrl, migrations)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await admin.query(`create database ${name} template ${template} owner ${owner}`)
  return {
    appUrl: urlFor(adminUrl, name, app),
    ownerUrl: urlFor(adminUrl, name, owner),
    adminUrl: urlFor(adminUrl, name),
    async drop() {
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

function urlFor(adminUrl: string, database: string, role?: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  if (role) {
    url.username = role
    url.password = 'test'
  }
  return url.href
}

async function ensureTemplate(admin: pg.Client, adminUrl: string, migrations: Migrations): Promise<string> {
  const text = Object.entries({ ...baseMigrations, ...migrations }).map(([name, { up }]) => `${name}${up.toString()}`)
  const hash = createHash('sha256').update(text.join('\n') + enableTenancy.toString() + migrate.toString())
  const template = `template_${hash.digest('hex').slice(0, 24)}`
  // Test files start in parallel; the first one makes the template while the others wait.
  await admin.query('select pg_advisory_lock(740612)')
  try {
    for (const role of [owner, app]) {
      const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role])
      if (!rowCount) await admin.query(`create role ${role} login password 'test' nosuperuser nobypassrls`)
    }
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [template])
    if (!rowCount) await createTemplate(admin, adminUrl, template, migrations)
  } finally {
    await admin.query('select pg_advisory_unlock(740612)')
  }
  return template
}

async function createTemplate(
  admin: pg.Client,
  adminUrl: string,
  template: string,
  migrations: Migrations,
): Promise<void> {
  const making = `${template}_making`
  await admin.query(`drop database if exists ${making} with (force)`)
  await admin.query(`create database ${making} owner ${owner}`)
  const client = new pg.Client({ connectionString: urlFor(adminUrl, making) })
  await client.connect()
  for (const extension of extensions) await client.query(`create extension ${extension}`)
  await client.end()
  await migrate(urlFor(adminUrl, making, owner), migrations, { appRole: app })
  await admin.query(`alter database ${making} rename to ${template}`)
}

/** A vitest `test` with one fresh database per file: `db` as the service sees it, `owner` as the schema's owner, `admin` as superuser. */
export function testWithDatabase<Schema extends Base>(migrations: Migrations) {
  return (
    base
      // vitest reads which fixtures a fixture needs from this pattern; none is the empty one.
      // eslint-disable-next-line no-empty-pattern
      .extend('database', { scope: 'file' }, async ({}, { onCleanup }): Promise<TestDatabase> => {
        const database = await createTestDatabase(migrations)
        onCleanup(() => database.drop())
        return database
      })
      .extend('db', { scope: 'file' }, ({ database }, { onCleanup }): Kysely<Schema> => use(database.appUrl, onCleanup))
      .extend('owner', { scope: 'file' }, ({ database }, { onCleanup }): Kysely<Schema> =>
        use(database.ownerUrl, onCleanup),
      )
      .extend('admin', { scope: 'file' }, ({ database }, { onCleanup }): Kysely<Schema> =>
        use(database.adminUrl, onCleanup),
      )
  )
}

function use<Schema>(url: string, onCleanup: (stop: () => Promise<void>) => void): Kysely<Schema> {
  const db = connect<Schema>(url, { max: 12 })
  onCleanup(() => db.destroy())
  return db
}
