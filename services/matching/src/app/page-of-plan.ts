import { fromCursor, pageOf } from '@samkraft/db'
import { z } from 'zod'

/** A plan that is there does not change, so a page is known by how many rows came before it. */
const Offset = z.int().min(0).max(1_000_000)

export function offsetOf(cursor: string | undefined): number {
  return cursor === undefined ? 0 : fromCursor(Offset, cursor)
}

/** The page of `limit` rows at `offset`, of one row more than that. */
export function pageAt<Row>(found: readonly Row[], limit: number, offset: number) {
  return pageOf(found, limit, () => offset + limit)
}
