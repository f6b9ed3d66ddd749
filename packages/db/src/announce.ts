import type { Transaction } from 'kysely'
import { z } from 'zod'
import { sayAfterCommit } from './herald.ts'

/** "Something of yours changed": no content, only whose, which noun and which one. */
export const Announcement = z.object({ organisations: z.array(z.uuid()), noun: z.string(), id: z.uuid() })
export type Announcement = z.infer<typeof Announcement>

/** Tells the open pages of these organisations, once the transaction has committed, that a thing they may be showing has changed. */
export function announce<Schema>(tx: Transaction<Schema>, announcement: Announcement): void {
  sayAfterCommit(tx, 'live', JSON.stringify(announcement))
}
