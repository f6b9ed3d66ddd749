import type { RequestView } from '@samkraft/contracts/marketplace'
import { m } from '#lib/i18n.ts'
import type { RequestPools } from '#lib/pooling/pool.ts'
import { ifAnswered } from '../refusal.ts'
import { whyNotPool } from './may-pool.ts'
import { lineOf, namesFor, suggestionOf } from './said.ts'

type Locals = Pick<App.Locals, 'services' | 'actor'>

type Published = Pick<RequestView, 'owner' | 'status'>

/**
 * What a request's page says of pooling; null where it is not published, and while matching is away or has not heard of it.
 * Matching is asked without waiting for the request itself.
 */
export async function poolsForRequest(
  { services, actor }: Locals,
  requestId: string,
  reading: Promise<Published>,
): Promise<RequestPools | null> {
  return ifAnswered(async () => {
    const [{ pooledNeed, joined, couldJoin, suggestion }, { owner, status }] = await Promise.all([
      services.matching.pooledNeed.forRequest.query({ requestId }),
      reading,
    ])
    if (status !== 'published') return null
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
