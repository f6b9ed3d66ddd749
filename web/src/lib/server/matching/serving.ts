import type { MyRequest } from '@samkraft/contracts/marketplace'
import { format, m } from '#lib/i18n.ts'
import { ifAnswered } from '../refusal.ts'
import type { Services } from '../services.ts'

/** How many offers serve each of the own requests that are open, in words, by their ids; empty while matching is away. */
export async function servingSaid(
  { matching }: Services,
  requests: readonly Pick<MyRequest, 'id' | 'status'>[],
): Promise<ReadonlyMap<string, string>> {
  const requestIds = requests.filter(({ status }) => status === 'published').map(({ id }) => id)
  if (requestIds.length === 0) return new Map()
  const counts = await ifAnswered(() => matching.match.servingCounts.query({ requestIds }))
  return new Map((counts?.items ?? []).map(({ requestId, serving, more }) => [requestId, said(serving, more)]))
}

function said(count: number, more: boolean): string {
  if (count === 0) return m.serving_none()
  return more ? m.serving_more({ said: format.number(count) }) : m.serving_count({ count, said: format.number(count) })
}
