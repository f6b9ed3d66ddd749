/** More pages than any list here has. */
const mostPages = 10

type Page<Item> = Readonly<{ items: readonly Item[]; next: string | null }>

/** A list that is short enough to be shown whole, page after page. */
export async function wholeOf<Item>(read: (cursor: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
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
