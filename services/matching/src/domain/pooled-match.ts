import type { Period } from '@samkraft/kernel'
import { shortestCircuit } from './circuit.ts'
import { distanceKm, type Market, type Offered } from './parties.ts'
import { asOne, hoursAsked, type Pool, type Poolable, weeksTogether } from './pooling.ts'
import { score, type Scored } from './score.ts'

/** How well one offer serves a pool, and what each member would get of it. */
export type PooledScore<Member extends Poolable> = Readonly<{
  scored: Scored
  /** The round trip from where the offer sets out through where all members' requests are; null when a position is unknown. */
  circuitKm: number | null
  shares: readonly Readonly<{ member: Member; hoursPerWeek: number }>[]
}>

/**
 * A pool scored as one request (`asOne`) by the published rules. How far it is, is half of each member's part of the round trip
 * (what it would be one way, were there only one); a member farther away than the offer travels counts as that far.
 * Null where the rules know no match, where it only comes near, and where fewer than two members would get a share.
 */
export function scorePool<Member extends Poolable>(
  pool: Pool<Member>,
  offer: Offered,
  market: Market,
): PooledScore<Member> | null {
  if (pool.members.some(({ organisationId }) => organisationId === offer.organisationId)) return null
  const circuit = shortestCircuit([offer.position, ...pool.members.map(({ position }) => position)])
  const scored = score(asOne(pool), offer, market, { km: circuit && kmEach(pool, offer, circuit.km) })
  if (!scored?.period || scored.group === 'near') return null
  const shares = divided(pool.members, scored.hoursPerWeek, weeksTogether(pool, scored.period))
  return shares.length < 2 ? null : { scored, circuitKm: circuit?.km ?? null, shares }
}

function kmEach({ members }: Pool, { position, facts: { travelKm } }: Offered, circuitKm: number): number {
  const farthest = Math.max(...members.map((member) => distanceKm(member.position, position) ?? 0))
  const beyond = travelKm !== null && farthest > travelKm
  return beyond ? farthest : Math.round(circuitKm / (2 * members.length))
}

/**
 * Hours per week divided among members: first to each, in order, the least that helps it; then what is left, in order, up to what
 * it asks for in the weeks they are given in. Who would get too little gets none. The slice that the offer is divided into is for all of them together.
 */
export function divided<Member extends Poolable>(
  members: readonly Member[],
  hoursPerWeek: number,
  weeks: readonly Period[],
): { member: Member; hoursPerWeek: number }[] {
  let rest = hoursPerWeek
  const given = members.flatMap((member) => {
    const asked = hoursAsked(member, weeks)
    const enough = Math.min(member.facts.least, asked)
    if (enough > rest) return []
    rest -= enough
    return [{ member, asked, hoursPerWeek: enough }]
  })
  return given.map(({ member, asked, hoursPerWeek: enough }) => {
    const more = Math.min(rest, asked - enough)
    rest -= more
    return { member, hoursPerWeek: enough + more }
  })
}
