import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { expect, test as base } from 'vitest'
import { connect, migrate } from '../src/index.ts'
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts'
import { migrations, type Schema } from './fixture.ts'

const appRole = 'test_app'
const wait = 50

/** Each test changes the schema, so each has a database of its own. */
const test = base
  .extend('database', async ({ task: _ }, { onCleanup }): Promise<TestDatabase> => {
    const database = await createTestDatabase(migrations)
    onCleanup(() => database.drop())
    return database
  })
  .extend('db', ({ database }, { onCleanup }): Kysely<Schema> => {
    const db = connect<Schema>(database.adminUrl)
    onCleanup(() => db.destroy())
    return db
  })

/** How many migrations of this database wait for a lock. */
async function waiting(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql`select from pg_stat_activity
    where application_name = 'migrate' and datname = current_database() and wait_event_type = 'Lock'`.execute(db)
  return rows.length
}

const coloured: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table note add column colour text`.execute(db)
  },
}

test('a migration of a table in use lets those who use it go on, and has its turn when they are done', async ({
  database,
  db,
}) => {
  const read = () => db.selectFrom('note').select('id').execute()
  let migrated: Promise<void> | undefined
  await db.transaction().execute(async (tx) => {
    await sql`lock table note in access share mode`.execute(tx)
    migrated = migrate(database.ownerUrl, { ...migrations, '0002_coloured': coloured }, { appRole, wait })
    for (let times = 0; times < 5; times += 1) {
      await expect.poll(() => waiting(db)).toBe(1)
      expect(await read()).toEqual([])
    }
  })
  await migrated
  expect(await sql`select colour from note`.execute(db)).toMatchObject({ rows: [] })
})

test('what is added to the start of every service comes to a database that has had later migrations', async ({
  database,
  db,
}) => {
  await migrate(database.ownerUrl, { ...migrations, '0000_9_coloured': coloured }, { appRole, wait })
  expect(await sql`select colour from note`.execute(db)).toMatchObject({ rows: [] })
})

test('a migration that is killed in the middle leaves nothing, and runs when it is run again', async ({
  database,
  db,
}) => {
  let isKilled = true
  const halfway: Migration = {
    async up(tx: Kysely<unknown>) {
      await sql`create table half (done boolean)`.execute(tx)
      if (isKilled) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
    },
  }
  const run = () => migrate(database.ownerUrl, { ...migrations, '0002_halfway': halfway }, { appRole })
  await expect(run()).rejects.toThrow()
  expect(await sql`select to_regclass('half') as half`.execute(db)).toMatchObject({ rows: [{ half: null }] })
  isKilled = false
  await run()
  expect(await sql`select done from half`.execute(db)).toMatchObject({ rows: [] })
})

test('a migration may take as long as it takes', async ({ database }) => {
  let told: unknown
  const asking: Migration = {
    async up(tx: Kysely<unknown>) {
      const { rows } = await sql`select current_setting('statement_timeout') as timeout`.execute(tx)
      told = rows
    },
  }
  await migrate(database.ownerUrl, { ...migrations, '0002_asking': asking }, { appRole })
  expect(told).toEqual([{ timeout: '0' }])
})
