import type { SortOrder } from '@samkraft/contracts/marketplace'
import { redirect, type RequestEvent } from '@sveltejs/kit'
import { organisationNames } from '../organisation-names.ts'
import { withoutEmpty } from './address.ts'
import { askedWords } from './asked-words.ts'
import { countyOf, countyView } from './county.ts'
import type { Reading } from './market-filters.ts'
import { mayPublish } from './moves.ts'

type Period = Readonly<{ from: string; to: string }>

/** What all filters of a list have in common. */
type Filters = Readonly<{
  text?: string | undefined
  competences?: string[] | undefined
  organisationIds?: string[] | undefined
  period?: Period | undefined
}>

/** How one of the two lists is read and asked. */
type Lists<Asking extends Filters, Item> = Readonly<{
  read: (url: URL) => Reading<Asking>
  list: (query: Asking & { sort: SortOrder | undefined; cursor: string | undefined }) => Promise<Listed<Item>>
  count: (filters: Asking) => Promise<{ counted: number; more: boolean }>
}>

type Listed<Item> = { items: Item[]; next: string | null }

export type MarketPage<Item> = Awaited<ReturnType<typeof marketPage<Filters, Item>>>

/** All offers or all requests as an address asks for them, with what there is in the reader's county. */
export async function marketPage<Asking extends Filters, Item>(
  { url, locals: { services, actor } }: Pick<RequestEvent, 'url' | 'locals'>,
  { read, list, count }: Lists<Asking, Item>,
) {
  const clean = withoutEmpty(url)
  if (clean) redirect(303, clean)
  const { asked, filters, sort } = read(url)
  const county = countyOf(actor)
  const [chosen] = filters.organisationIds ?? []
  const [page, counted, summary, words, nameOf] = await Promise.all([
    list({ ...filters, sort, cursor: asked.cursor ?? undefined }),
    count(filters),
    services.marketplace.market.summary.query({ county, period: filters.period }),
    askedWords(services, filters),
    organisationNames(services, chosen === undefined ? [] : [chosen]),
  ])
  const isElsewhere = chosen !== undefined && summary.rows.every(({ organisation }) => organisation.id !== chosen)
  return {
    ...words,
    asked,
    page,
    count: counted,
    county: countyView(county, summary.rows),
    /** The organisation the list is narrowed to, when it is none of the county's. */
    elsewhere: isElsewhere ? { id: chosen, name: nameOf(chosen).name } : null,
    publishing: mayPublish(actor),
  }
}
