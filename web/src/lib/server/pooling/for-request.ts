import { m } from '#lib/i18n.ts'
import type { RequestPools } from '#lib/pooling/pool.ts'
import { ifAnswered } from '../refusal.ts'
import { whyNotPool } from './may-pool.ts'
import { lineOf, namesFor, suggestionOf } from './said.ts'

type Locals = Pick<App.Locals, 'services' | 'actor'>

/** What a request's page says of pooling; null while matching is away or has not heard of the request. */
export async function poolsForRequest(
  { services, actor }: Locals,
  { id, owner }: Readonly<{ id: string; owner: Readonly<{ id: string }> }>,
): Promise<RequestPools | null> {
  return ifAnswered(async () => {
    const { pooledNeed, joined, couldJoin, suggestion } = await services.matching.pooledNeed.forRequest.query({
      requestId: id,
    })
    const names = await namesFor(
      services,
      [pooledNeed, ...couldJoin, suggestion].filter((pool) => pool !== null),
    )
    const own = owner.id === actor?.organisationId
    const join = whyNotPool(actor, 'join')
    return {
      own: pooledNeed && {
        ...lineOf(pooledNeed, names, joined || !own ? m.pooled_request_joined : m.pooled_request_invited),
        joined,
        change: own ? join : undefined,
      },
      could: own ? couldJoin.map((need) => ({ ...lineOf(need, names, m.pooled_request_could), join })) : [],
      suggestion: suggestion && suggestionOf(suggestion, names, { start: whyNotPool(actor, 'start'), ownId: owner.id }),
    }
  })
}
