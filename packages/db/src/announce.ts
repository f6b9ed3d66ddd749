import { sql, type Transaction } from 'kysely'
import { z } from 'zod'

/** "Something of yours changed": no content, only whose, which noun and which one. */
export const Announcement = z.object({ organisations: z.array(z.uuid()), noun: z.string(), id: z.uuid() })
export type Announcement = z.infer<typeof Announcement>

/** Tells the open pages of these organisations, once the transaction commits, that a thing they may be showing has changed. */
export function announce<Schema>(tx: Transaction<Schema>, announcement: Announcement): Promise<void> {
  return announceAll(tx, [announcement])
}

/** The same for many things, in one round trip. */
export async function announceAll<Schema>(
  tx: Transaction<Schema>,
  announcements: readonly Announcement[],
): Promise<void> {
  if (announcements.length === 0) return
  const payloads = announcements.map((announcement) => JSON.stringify(announcement))
  await sql`select pg_notify('live', payload) from unnest(${payloads}::text[]) as payload`.execute(tx)
}
