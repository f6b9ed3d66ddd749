import { DomainError } from '@samkraft/kernel'
import type { z } from 'zod'

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

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return null
  }
}
