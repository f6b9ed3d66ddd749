import type { PooledMember, PooledNeedView, PooledSuggestion } from '@samkraft/contracts/matching'
import type { PoolableRequest, PooledNeed } from '../db/pooled-needs.ts'
import { mostHours } from '../domain/parties.ts'
import { hoursAsked, type Pool, pooledBy, poolOf, weeksTogether } from '../domain/pooling.ts'

/** Those whose figures count: who has joined, or all while fewer than two have. */
export function countedIn({ members }: PooledNeed): PooledNeed['members'] {
  const joined = members.filter((member) => member.joined)
  return joined.length < 2 ? members : joined
}

export function toPooledNeedView(need: PooledNeed, fromWeek: string): PooledNeedView {
  const { pooledNeedId, competence, startedBy, startedAt, open, members } = need
  const pool = poolOf(countedIn(need), fromWeek)
  return {
    pooledNeedId,
    competence,
    ...together(pool),
    members: members.map((member) => ({ ...toMember(member, pool), joined: member.joined })),
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
    members: pool.members.map((member) => toMember(member, pool)),
  }
}

function together({ hoursPerWeek, period, circuit }: Pool) {
  return { hoursPerWeek, period, km: circuit?.km ?? null }
}

/** With the hours it asks for in the weeks of the pool, so that those of all add up; those of any week where the pool has none. */
export function toMember(request: PoolableRequest, pool: Pool): PooledMember {
  const { requestId, organisationId, facts } = request
  const weeks = pool.period ? weeksTogether(pool, pool.period) : []
  const { placeOrganisationId = null } = facts
  return {
    requestId,
    organisationId,
    placeOrganisationId,
    hoursPerWeek: hoursAsked(request, weeks) || mostHours(facts.left),
  }
}
