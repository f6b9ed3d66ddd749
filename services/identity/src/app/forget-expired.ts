import { sql } from 'kysely'
import type { Services } from '../context.ts'

/** Removes what has had its time: sessions that ended, invitations a month after they did, counted attempts, and where somebody has not signed in for long. */
export async function forgetExpired({ db }: Pick<Services, 'db'>): Promise<void> {
  await db
    .deleteFrom('session')
    .where('ends_at', '<=', sql<Date>`app_now()`)
    .execute()
  await db
    .deleteFrom('invitation')
    .where('expires_at', '<', sql<Date>`app_now() - interval '30 days'`)
    .execute()
  await db
    .deleteFrom('sign_in_attempt')
    .where('window_ends_at', '<=', sql<Date>`app_now()`)
    .execute()
  await db
    .deleteFrom('known_place')
    .where('known_until', '<=', sql<Date>`app_now()`)
    .execute()
}
