/** More pages than any list here has. */
const mostPages = 10

export type Page<Item> = Readonly<{ items: readonly Item[]; next: string | null }>
type Read<Item> = (cursor: string | undefined) => Promise<Page<Item>>

/** The pages of a list, one after another; whoever has enough stops. */
export async function* pagesOf<Item>(read: Read<Item>): AsyncGenerator<Page<Item>> {
  for (let cursor: string | undefined; ;) {
    const page = await read(cursor)
    yield page
    if (page.next === null) return
    cursor = page.next
  }
}

/** A list that is short enough to be shown whole, page after page. */
export async function wholeOf<Item>(read: Read<Item>): Promise<Item[]> {
  const items: Item[] = []
  let pages = 0
  for await (const page of pagesOf(read)) {
    items.push(...page.items)
    pages += 1
    if (pages === mostPages) break
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
  for await (const { items } of pagesOf(read)) {
    found.push(...items.filter(isWanted))
    if (found.length >= count) break
  }
  return found
}
