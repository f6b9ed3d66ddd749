import { fromCursor, toCursor } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import { z } from 'zod'
import type { PageEnd } from '../db/lists.ts'

const uuidText = z.uuid()
const Cursor = z.tuple([z.string().max(100), z.string().max(100), z.string().max(100)])

/** The order and the place a page ended at, as text nobody else has to understand. */
export function writeCursor(order: string, value: string, id: string): string {
  return toCursor([order, value, id])
}

/** Reads it back; `invalid page.cursor_invalid` when it is not one of ours, or belongs to another order. */
export function readCursor(
  cursor: string | undefined,
  order: string,
  value: z.ZodType<string>,
  id: z.ZodType<string> = uuidText,
): PageEnd | null {
  if (cursor === undefined) return null
  const [of, at, which] = fromCursor(Cursor, cursor)
  if (of !== order || !value.safeParse(at).success || !id.safeParse(which).success)
    throw new DomainError('invalid', 'page.cursor_invalid')
  return { value: at, id: which }
}

/**
 * What sorts a page, as text: a moment, a day (or none, which comes after all), or a number. Each only as far as the database can read
 * it, since a cursor is what anybody may send.
 */
export const instantText = z.iso.datetime().regex(/^2/)
export const dayText = z.union([z.iso.date().regex(/^2/), z.literal('infinity')])
export const numberText = z.string().regex(/^-?\d{1,12}(\.\d{1,20})?(e-?\d{1,2})?$/)
export const placeText = z.string().regex(/^\d{1,9}$/)
