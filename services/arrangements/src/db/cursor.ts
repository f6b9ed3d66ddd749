import { pageOf } from '@samkraft/db'

/** The page's items and where the next one starts, from `limit + 1` rows. */
export function sortedPage<Row extends Readonly<{ sort_key: string; id: string }>>(
  rows: readonly Row[],
  limit: number,
): { items: Row[]; next: string | null } {
  return pageOf(rows, limit, ({ sort_key, id }) => [sort_key, id])
}
