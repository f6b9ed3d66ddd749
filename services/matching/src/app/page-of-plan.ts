import { fromCursor, toCursor } from '@samkraft/db'
import { z } from 'zod'

/** A plan that is there does not change, so a page is known by how many rows came before it. */
const Offset = z.int().min(0).max(1_000_000)

export function offsetOf(cursor: string | undefined): number {
  return cursor === undefined ? 0 : fromCursor(Offset, cursor)
}

/** The page of `limit` rows at `offset`, of one row more than that. */
export function pageOf<Row>(
  found: readonly Row[],
  limit: number,
  offset: number,
): { items: Row[]; next: string | null } {
  return { items: found.slice(0, limit), next: found.length > limit ? toCursor(offset + limit) : null }
}
