import { sql, type Transaction } from 'kysely'
import { z } from 'zod'

/** "Something of yours changed": no content, only whose, which noun and which one. */
export const Announcement = z.object({ organisations: z.array(z.uuid()), noun: z.string(), id: z.uuid() })
export type Announcement = z.infer<typeof Announcement>

/** Tells the open pages of these organisations, once the transaction commits, that a thing they may be showing has changed. */
export async function announce<Schema>(tx: Transaction<Schema>, announcement: Announcement): Promise<void> {
  await sql`select pg_notify('live', ${JSON.stringify(announcement)})`.execute(tx)
}
