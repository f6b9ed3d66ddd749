import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { baseMigrations } from './base/migration.ts'
import { connect } from './connect.ts'

export type Migrations = Readonly<Record<string, Migration>>

/**
 * Brings a database to the newest schema as its owner role, and gives the app role what a running service needs:
 * rows of the service's tables, but no schema change, no rewriting of history and no moving of the clock.
 */
export async function migrate(
  ownerUrl: string,
  migrations: Migrations,
  { appRole }: { appRole: string },
): Promise<void> {
  const db = connect<unknown>(ownerUrl, { max: 2, name: 'migrate' })
  try {
    const all = { ...baseMigrations, ...migrations }
    const { error } = await new Migrator({ db, provider: { getMigrations: async () => all } }).migrateToLatest()
    if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error })
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
