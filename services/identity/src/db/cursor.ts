import { isStorable } from '@samkraft/contracts'
import { fromCursor, toCursor } from '@samkraft/db'
import { z } from 'zod'

const Key = z.tuple([z.string().refine(isStorable), z.uuid()])

/** Where a page ended: the text its list is in order of, and the id that breaks ties. */
export type Position = Readonly<{ text: string; id: string }>

/** Throws `invalid page.cursor_invalid` for anything that did not come from a page before. */
export function positionAt(cursor: string): Position {
  const [text, id] = fromCursor(Key, cursor)
  return { text, id }
}

/** The page's items and where the next one starts, from `limit + 1` rows. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  toPosition: (row: Row) => Position,
): { items: Item[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  if (rows.length <= limit || !last) return { items: items.map(toItem), next: null }
  const { text, id } = toPosition(last)
  return { items: items.map(toItem), next: toCursor([text, id]) }
}
