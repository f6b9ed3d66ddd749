import type { CountView, SortOrder } from '@samkraft/contracts/marketplace'
import type { Period } from '@samkraft/kernel'
import type { Services } from '../context.ts'
import { countPublished, type Filters, listByRelevance, listPublished, type Order } from '../db/lists.ts'
import type { Noun } from '../domain/listing.ts'
import { dayText, instantText, numberText, readCursor, writeCursor } from './page.ts'
import { allOf, anyOf, label, readText, type TextQuery } from './text-query.ts'

/** What is asked for: `kinds` of offers, `causes` of requests. */
export type ListingFilters = Readonly<{
  text?: string | undefined
  competences?: readonly string[] | undefined
  groups?: readonly string[] | undefined
  places?: readonly string[] | undefined
  focusAreas?: readonly string[] | undefined
  kinds?: readonly string[] | undefined
  causes?: readonly string[] | undefined
  organisationIds?: readonly string[] | undefined
  counties?: readonly string[] | undefined
  period?: Period | undefined
  leastHours?: number | undefined
}>

export type ListListings = ListingFilters &
  Readonly<{ sort?: SortOrder | undefined; cursor?: string | undefined; limit: number }>

/** What an item of either noun is ordered by. */
type Sorted = Readonly<{ id: string; publishedAt: string; period: Period | null; mostLeft: number }>

const cursorValues = { newest: instantText, starts: dayText, most_left: numberText, relevance: numberText } as const
const labelled = {
  competences: 'competence',
  groups: 'group',
  places: 'place',
  focusAreas: 'focus',
  kinds: 'kind',
  causes: 'cause',
} as const

/** What every party may read and that is open now, a page at a time. Words that hit nothing give an empty list. */
export async function listListings<Item extends Sorted>(
  { db, textQueries }: Pick<Services, 'db' | 'textQueries'>,
  noun: Noun,
  asked: ListListings,
): Promise<{ items: Item[]; next: string | null }> {
  const input = narrowed(asked)
  const words = input.text ? await textQueries(input.text) : undefined
  if (words === null) return { items: [], next: null }
  const sort =
    input.sort === undefined || (input.sort === 'relevance' && !words) ? (words ? 'relevance' : 'newest') : input.sort
  const after = readCursor(input.cursor, sort, cursorValues[sort])
  const filters = filtersOf(input, words)
  const limit = input.limit + 1
  if (sort === 'relevance' && words && filters.search !== undefined) {
    const { query, main } = words
    const rows = await listByRelevance(
      db,
      noun,
      { ...filters, search: filters.search },
      { words: query, main, after, limit },
    )
    // Items are what `showOffer` and `showRequest` wrote, kept as they wrote them.
    return page(
      rows.map(({ item, rank }) => ({ item: item as Item, value: rank })),
      input.limit,
      sort,
    )
  }
  const order: Order = sort === 'relevance' ? 'newest' : sort
  const items = await listPublished(db, noun, filters, { order, after, limit })
  return page(
    items.map((item) => ({ item: item as Item, value: valueOf(item as Item, order) })),
    input.limit,
    order,
  )
}

const countedAtMost = 1_000

/** How many there are, as far as anybody reads the number. */
export async function countListings(
  { db, textQueries }: Pick<Services, 'db' | 'textQueries'>,
  noun: Noun,
  asked: ListingFilters,
): Promise<CountView> {
  const input = narrowed(asked)
  const words = input.text ? await textQueries(input.text) : undefined
  if (words === null) return { counted: 0, more: false }
  const counted = await countPublished(db, noun, filtersOf(input, words), countedAtMost + 1)
  return { counted: Math.min(counted, countedAtMost), more: counted > countedAtMost }
}

/** What a text says of when and how much narrows the list, but for a period that is asked for by itself. */
function narrowed<Input extends ListingFilters>(input: Input): Input {
  if (input.text === undefined) return input
  const { text, period, leastHours: hours } = readText(input.text)
  const leastHours = hours === undefined ? input.leastHours : Math.max(hours, input.leastHours ?? 0)
  return { ...input, text, leastHours, period: input.period ?? period }
}

function filtersOf(input: ListingFilters, words: TextQuery | undefined): Filters {
  const labels = Object.entries(labelled).flatMap(([field, name]) => {
    const values = input[field as keyof typeof labelled]
    return values && values.length > 0 ? [anyOf(values.map((value) => label(name, value)))] : []
  })
  const terms = [...(words ? [words.query] : []), ...labels]
  const { organisationIds, counties, period, leastHours } = input
  return { organisationIds, counties, period, leastHours, search: terms.length > 0 ? allOf(terms) : undefined }
}

function page<Item extends Sorted>(
  found: readonly { item: Item; value: string }[],
  limit: number,
  order: string,
): { items: Item[]; next: string | null } {
  const last = found.length > limit ? found[limit - 1] : undefined
  return {
    items: found.slice(0, limit).map(({ item }) => item),
    next: last ? writeCursor(order, last.value, last.item.id) : null,
  }
}

function valueOf({ publishedAt, period, mostLeft }: Sorted, order: Order): string {
  if (order === 'newest') return publishedAt
  return order === 'starts' ? (period?.from ?? 'infinity') : String(mostLeft)
}
