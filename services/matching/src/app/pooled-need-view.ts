import type { PooledMember, PooledNeedView, PooledSuggestion } from '@samkraft/contracts/matching'
import type { PoolableRequest, PooledNeed } from '../db/pooled-needs.ts'
import { mostHours } from '../domain/parties.ts'
import { type Pool, pooledBy, poolOf } from '../domain/pooling.ts'

/** Those whose figures count: who has joined, or all while fewer than two have. */
export function countedIn({ members }: PooledNeed): PooledNeed['members'] {
  const joined = members.filter((member) => member.joined)
  return joined.length < 2 ? members : joined
}

export function toPooledNeedView(need: PooledNeed, fromWeek: string): PooledNeedView {
  const { pooledNeedId, competence, startedBy, startedAt, open, members } = need
  return {
    pooledNeedId,
    competence,
    ...together(poolOf(countedIn(need), fromWeek)),
    members: members.map((member) => ({ ...toMember(member), joined: member.joined })),
    startedBy,
    startedAt: startedAt.toISOString(),
    open,
  }
}

export function toSuggestion(pool: Pool<PoolableRequest>): PooledSuggestion {
  const [first] = pool.members
  return {
    competence: first ? pooledBy(first) : '',
    ...together(pool),
    members: pool.members.map(toMember),
  }
}

function together({ hoursPerWeek, period, circuit }: Pool) {
  return { hoursPerWeek, period, km: circuit?.km ?? null }
}

export function toMember({ requestId, organisationId, facts }: PoolableRequest): PooledMember {
  return { requestId, organisationId, hoursPerWeek: mostHours(facts.left) }
}
