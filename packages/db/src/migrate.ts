import { setTimeout as delay } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { baseMigrations } from './base/migration.ts'
import { connect } from './connect.ts'
import { isLockedOut } from './failure.ts'

export type Migrations = Readonly<Record<string, Migration>>

/** Milliseconds a migration waits for a table: all who would use it wait behind it meanwhile. */
const lockTimeout = 2_000
/** So often it asks again. */
const attempts = 30

/**
 * Brings a database to the newest schema as its owner role, and gives the app role what a running service needs:
 * rows of the service's tables, but no schema change, no rewriting of history and no moving of the clock.
 *
 * All or nothing: one that fails or is killed leaves the schema as it was. It may take its time, as an index of a large table
 * does; for a table in use it waits `wait` milliseconds at a time, so that services go on.
 */
export async function migrate(
  ownerUrl: string,
  migrations: Migrations,
  { appRole, wait = lockTimeout }: { appRole: string; wait?: number },
): Promise<void> {
  const db = connect<unknown>(ownerUrl, { max: 2, name: 'migrate', statementTimeout: 0, lockTimeout: wait })
  try {
    const all = { ...baseMigrations, ...migrations }
    // What is added to every service's start comes after what each has had since.
    const migrator = new Migrator({ db, provider: { getMigrations: async () => all }, allowUnorderedMigrations: true })
    for (let attempt = 1; ; attempt += 1) {
      const { error } = await migrator.migrateToLatest()
      if (error === undefined) break
      if (!isLockedOut(error) || attempt === attempts)
        throw error instanceof Error ? error : new Error('migration failed', { cause: error })
      await delay(Math.random() * wait)
    }
    await grant(db, appRole)
  } finally {
    await db.destroy()
  }
}

async function grant(db: Kysely<unknown>, appRole: string): Promise<void> {
  const role = sql.id(appRole)
  await db.transaction().execute(async (tx) => {
    await sql`grant usage on schema public to ${role}`.execute(tx)
    await sql`grant select, insert, update, delete on all tables in schema public to ${role}`.execute(tx)
    await sql`grant usage on all sequences in schema public to ${role}`.execute(tx)
    await sql`revoke update, delete on audit from ${role}`.execute(tx)
    await sql`revoke all on audit_head, kysely_migration, kysely_migration_lock from ${role}`.execute(tx)
    await sql`revoke insert, update, delete on clock from ${role}`.execute(tx)
  })
}
