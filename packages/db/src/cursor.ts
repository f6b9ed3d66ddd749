import { isStorable } from '@samkraft/contracts'
import { DomainError } from '@samkraft/kernel'
import { z } from 'zod'

/** Where a page ended, as callers carry it: opaque, and made of nothing they have not been shown. */
export function toCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** Throws `invalid page.cursor_invalid` for anything that did not come from `toCursor`. */
export function fromCursor<Key extends z.ZodType>(schema: Key, cursor: string): z.output<Key> {
  const key = schema.safeParse(parse(cursor))
  if (!key.success) throw new DomainError('invalid', 'page.cursor_invalid')
  return key.data
}

const Position = z.tuple([z.string().refine(isStorable), z.uuid()])

/**
 * Where a page of a list in order of a text ended: that text, and the id that breaks ties. Throws `invalid page.cursor_invalid`
 * for anything that did not come from a page before.
 */
export function positionAt(cursor: string): Readonly<{ text: string; id: string }> {
  const [text, id] = fromCursor(Position, cursor)
  return { text, id }
}

/** The page of `limit` rows, of one row more than that, and the cursor of the next page: where the last row stands. */
export function pageOf<Row>(
  found: readonly Row[],
  limit: number,
  keyOf: (last: Row) => unknown,
): { items: Row[]; next: string | null } {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last ? toCursor(keyOf(last)) : null }
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return null
  }
}
