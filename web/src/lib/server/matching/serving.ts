import type { MyOffer, MyRequest } from '@samkraft/contracts/marketplace'
import { format, m } from '#lib/i18n.ts'
import { ifAnswered } from '../refusal.ts'
import type { Services } from '../services.ts'

/** In words, by the id of each: how many fit, or that they are being looked for. */
type Said = ReadonlyMap<string, string>

/** Whether anybody may be found for it: what is open, and has hours that nobody has taken. Material without hours has none. */
function isSought({ status, mostLeft }: Pick<MyOffer | MyRequest, 'status' | 'mostLeft'>): boolean {
  return status === 'published' && (mostLeft ?? 0) > 0
}

/** How many offers serve each of the own requests that still lack hours; empty while matching is away. */
export async function servingSaid({ matching }: Services, requests: readonly MyRequest[]): Promise<Said> {
  const requestIds = requests.filter(isSought).map(({ id }) => id)
  if (requestIds.length === 0) return new Map()
  const counts = await ifAnswered(() => matching.match.servingCounts.query({ requestIds }))
  return saidOf(
    requestIds,
    counts?.items.map(({ requestId, serving: count, more, computing }) => {
      const said = format.number(count)
      return {
        id: requestId,
        computing,
        said: count === 0 ? m.serving_none() : more ? m.serving_more({ said }) : m.serving_count({ count, said }),
      }
    }),
  )
}

/** How many requests each of the own offers with hours left serves; empty while matching is away. */
export async function servedSaid({ matching }: Services, offers: readonly MyOffer[]): Promise<Said> {
  const offerIds = offers.filter(isSought).map(({ id }) => id)
  if (offerIds.length === 0) return new Map()
  const counts = await ifAnswered(() => matching.match.servedCounts.query({ offerIds }))
  return saidOf(
    offerIds,
    counts?.items.map(({ offerId, served: count, more, computing }) => {
      const said = format.number(count)
      return { id: offerId, computing, said: more ? servedMore(count, said) : servedExactly(count, said) }
    }),
  )
}

function servedExactly(count: number, said: string): string {
  return count === 0 ? m.serving_none() : m.served_count({ count, said })
}

/** Where it may serve requests that have better offers than are kept. */
function servedMore(count: number, said: string): string {
  return count === 0 ? m.served_not_best() : m.served_more({ count, said })
}

type Counted = Readonly<{ id: string; computing: boolean; said: string }>

/** What matching has not heard of yet is being looked for as well. */
function saidOf(ids: readonly string[], counts: readonly Counted[] | undefined): Said {
  if (!counts) return new Map()
  const known = new Map(counts.map((counted) => [counted.id, counted]))
  return new Map(
    ids.map((id) => {
      const counted = known.get(id)
      return [id, !counted || counted.computing ? m.serving_computing() : counted.said]
    }),
  )
}
