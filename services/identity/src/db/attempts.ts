import { type Kysely, sql } from 'kysely'
import { knownDays, type Limit, windowMinutes } from '../domain/sign-in-limit.ts'
import type { Schema } from './schema.ts'

/**
 * Counts an attempt before it is known how it ends, so that a thousand at once are counted like a thousand in a row.
 * Returns how many there are in the window by now, this one included, and how long the window lasts.
 */
export async function countAttempt(
  db: Kysely<Schema>,
  { key }: Limit,
): Promise<{ attempts: number; secondsLeft: number }> {
  const { rows } = await sql<{ attempts: number; seconds_left: number }>`
    insert into sign_in_attempt as a (key, attempts, window_ends_at)
    values (${key}, 1, app_now() + make_interval(mins => ${windowMinutes}))
    on conflict (key) do update set
      attempts = case when a.window_ends_at > app_now() then a.attempts + 1 else 1 end,
      window_ends_at = case when a.window_ends_at > app_now() then a.window_ends_at else excluded.window_ends_at end
    returning attempts, ceil(extract(epoch from window_ends_at - app_now())) as seconds_left`.execute(db)
  const row = rows[0]
  if (!row) throw new Error('an upsert returned no row')
  return { attempts: row.attempts, secondsLeft: row.seconds_left }
}

/** Takes back the count of an attempt that succeeded. */
export async function uncountAttempt(db: Kysely<Schema>, { key }: Limit): Promise<void> {
  await sql`update sign_in_attempt set attempts = greatest(attempts - 1, 0) where key = ${key}`.execute(db)
}

/** Forgets what was counted: the one who owns the account has shown the password. */
export async function forgetAttempts(db: Kysely<Schema>, limits: readonly Limit[]): Promise<void> {
  await sql`delete from sign_in_attempt where key = any(${limits.map(({ key }) => key)}::bytea[])`.execute(db)
}

/** Whether somebody has signed in from this place lately. */
export async function isKnownPlace(db: Kysely<Schema>, key: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom('known_place')
    .select('key')
    .where('key', '=', key)
    .where('known_until', '>', sql<Date>`app_now()`)
    .executeTakeFirst()
  return row !== undefined
}

export async function rememberPlace(db: Kysely<Schema>, key: Buffer): Promise<void> {
  const known_until = sql<Date>`app_now() + make_interval(days => ${knownDays})`
  await db
    .insertInto('known_place')
    .values({ key, known_until })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ known_until }))
    .execute()
}
