import { isStorable } from '@samkraft/contracts'
import { DomainError } from '@samkraft/kernel'
import { z } from 'zod'

const Key = z.tuple([z.string().refine(isStorable), z.uuid()])

/** Where a page ended: the text its list is in order of, and the id that breaks ties. */
type Position = Readonly<{ text: string; id: string }>

/** A position as callers carry it: opaque, and made of nothing they have not been shown. */
function toCursor({ text, id }: Position): string {
  return Buffer.from(JSON.stringify([text, id])).toString('base64url')
}

/** Throws `invalid page.cursor_invalid` for anything that did not come from `toCursor`. */
export function fromCursor(cursor: string): Position {
  const key = Key.safeParse(parse(cursor))
  if (!key.success) throw new DomainError('invalid', 'page.cursor_invalid')
  const [text, id] = key.data
  return { text, id }
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return null
  }
}

/** The page's items and where the next one starts, from `limit + 1` rows. */
export function sortedPage<Row extends Readonly<{ sort_key: string; id: string }>>(
  rows: readonly Row[],
  limit: number,
): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? toCursor({ text: last.sort_key, id: last.id }) : null }
}
