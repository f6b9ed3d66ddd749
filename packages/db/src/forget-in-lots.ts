import type { Kysely, RawBuilder } from 'kysely'

/**
 * Deletes what has had its time, at most `lot` rows in a statement of its own: however much there is, each takes little of the time
 * a statement may take, and what is gone stays gone when a later one fails. `remove` deletes the oldest, at most so many.
 */
export async function forgetInLots<Schema>(
  db: Kysely<Schema>,
  lot: number,
  remove: (most: number) => RawBuilder<unknown>,
): Promise<void> {
  let gone = lot
  while (gone >= lot) gone = Number((await remove(lot).execute(db)).numAffectedRows ?? 0)
}
