import type { Transaction } from 'kysely'
import { z } from 'zod'
import { sayAfterCommit } from './herald.ts'

/** "Something of yours changed": no content, only whose, which noun and which one. */
export const Announcement = z.object({ organisations: z.array(z.uuid()), noun: z.string(), id: z.uuid() })
export type Announcement = z.infer<typeof Announcement>

/** A message has room for 8 000 bytes. */
const mostInOne = 150

/** Tells the open pages of these organisations, once the transaction has committed, that a thing they may be showing has changed. */
export function announce<Schema>(tx: Transaction<Schema>, { organisations, noun, id }: Announcement): void {
  for (let from = 0; from === 0 || from < organisations.length; from += mostInOne) {
    const some: Announcement = { organisations: organisations.slice(from, from + mostInOne), noun, id }
    sayAfterCommit(tx, 'live', JSON.stringify(some))
  }
}
