import { z } from 'zod'

/** The longest page, and so the most that one list asks another about. */
export const mostOnPage = 100

/** Keyset paging: `cursor` is the `next` of the page before, opaque to callers. */
export const PageInput = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(mostOnPage).default(20),
})

/** One page of `item`s; `next` is null on the last page. */
export function cursorPage<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}
