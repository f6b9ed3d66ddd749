/** More pages than any list here has. */
const mostPages = 10

type Page<Item> = Readonly<{ items: readonly Item[]; next: string | null }>
type Read<Item> = (cursor: string | undefined) => Promise<Page<Item>>

/** A list that is short enough to be shown whole, page after page. */
export async function wholeOf<Item>(read: Read<Item>): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { items: more, next } = await read(cursor)
    items.push(...more)
    if (next === null) break
    cursor = next
  }
  return items
}

/** So many items of a list that are wanted, on whatever page they stand. */
export async function someOf<Item>(
  count: number,
  isWanted: (item: Item) => boolean,
  read: Read<Item>,
): Promise<Item[]> {
  const found: Item[] = []
  for (let cursor: string | undefined; ;) {
    const { items, next } = await read(cursor)
    found.push(...items.filter(isWanted))
    if (next === null || found.length >= count) return found
    cursor = next
  }
}
