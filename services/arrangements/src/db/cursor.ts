import { isStorable } from '@samkraft/contracts'
import { fromCursor, toCursor } from '@samkraft/db'
import { z } from 'zod'

const Key = z.tuple([z.string().refine(isStorable), z.uuid()])

/** Where a page ended: the text its list is in order of, and the id that breaks ties. */
type Position = Readonly<{ text: string; id: string }>

/** Throws `invalid page.cursor_invalid` for anything that did not come from a page before. */
export function positionAt(cursor: string): Position {
  const [text, id] = fromCursor(Key, cursor)
  return { text, id }
}

/** The page's items and where the next one starts, from `limit + 1` rows. */
export function sortedPage<Row extends Readonly<{ sort_key: string; id: string }>>(
  rows: readonly Row[],
  limit: number,
): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? toCursor([last.sort_key, last.id]) : null }
}
