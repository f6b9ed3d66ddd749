import { type Assignment, type Market, type Plan, type Policy, type Segment, type Shape } from './market.ts'

/** Hours and values that differ by no more than this share of their size are the same. */
const near = 1e-6

/**
 * Everything that is wrong with a plan, in words; nothing when it is right. Shares no code with the engine, and does not trust
 * what the plan says of itself. Whether the bound is truly above the best plan cannot be seen from one plan; that it is not below
 * this one can.
 */
export function check(market: Market, policy: Policy, plan: Plan, shape: Shape = 'constant'): string[] {
  return [
    ...wrongHours(market, plan),
    ...wrongPairs(market, plan, shape),
    ...wrongLocks(market, plan),
    ...wrongSums(market, policy, plan),
  ]
}

function hoursIn(segments: readonly Segment[], week: number): number {
  return segments.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)?.hoursPerWeek ?? 0
}

function wrongHours({ weeks, requests, offers }: Market, { assignments }: Plan): string[] {
  const wrong: string[] = []
  const given = new Map<string, Float64Array>()
  for (const { request, offer, fromWeek, toWeek, hoursPerWeek } of assignments) {
    if (!(hoursPerWeek > 0)) wrong.push(`${request} gets ${hoursPerWeek} h/week of ${offer}`)
    if (!(0 <= fromWeek && fromWeek < toWeek && toWeek <= weeks))
      wrong.push(`${request} and ${offer}: weeks ${fromWeek}–${toWeek}`)
    for (const key of [`request ${request}`, `offer ${offer}`]) {
      const sum = given.get(key) ?? new Float64Array(weeks)
      for (let week = fromWeek; week < toWeek; week += 1) sum[week] = (sum[week] ?? 0) + hoursPerWeek
      given.set(key, sum)
    }
  }
  const known = new Map<string, readonly Segment[]>()
  for (const { id, demand } of requests) known.set(`request ${id}`, demand)
  for (const { id, capacity } of offers) known.set(`offer ${id}`, capacity)
  for (const [key, sum] of given) {
    const segments = known.get(key)
    if (!segments) wrong.push(`${key} is not in the market`)
    sum.forEach((hours, week) => {
      const most = hoursIn(segments ?? [], week)
      if (hours > most + near * Math.max(1, most)) wrong.push(`${key} has ${hours} of ${most} h in week ${week}`)
    })
  }
  return wrong
}

function wrongPairs(
  { weeks, requests, offers, edges, locked = [], maxProviders = 2 }: Market,
  { assignments }: Plan,
  shape: Shape,
) {
  const wrong: string[] = []
  const requestOf = new Map(requests.map((request) => [request.id, request]))
  const offerOf = new Map(offers.map((offer) => [offer.id, offer]))
  const allowed = new Set(edges.map(({ request, offer }) => JSON.stringify([request, offer])))
  const lockedPairs = new Set(locked.map(({ request, offer }) => JSON.stringify([request, offer])))
  const providers = new Map<string, Set<string>>()
  const free = new Map<string, { request: string; offer: string; hours: Float64Array }>()
  for (const { request, offer, fromWeek, toWeek, hoursPerWeek } of assignments) {
    providers.set(request, (providers.get(request) ?? new Set()).add(offer))
    const key = JSON.stringify([request, offer])
    if (lockedPairs.has(key)) continue
    if (!allowed.has(key)) wrong.push(`${request} and ${offer} have no edge`)
    const pair = free.get(key) ?? { request, offer, hours: new Float64Array(weeks) }
    for (let week = fromWeek; week < toWeek; week += 1) pair.hours[week] = (pair.hours[week] ?? 0) + hoursPerWeek
    free.set(key, pair)
  }
  for (const [id, some] of providers) {
    const decided = new Set(locked.filter(({ request }) => request === id).map(({ offer }) => offer))
    if (some.size > Math.max(maxProviders, decided.size)) wrong.push(`${id} has ${some.size} providers`)
  }
  for (const { request, offer, hours } of free.values()) {
    const [asks, gives] = [requestOf.get(request), offerOf.get(offer)]
    if (!asks || !gives) continue
    const asked = locked.filter((row) => row.request === request)
    const taken = locked.filter((row) => row.offer === offer)
    const apart = edges.find((edge) => edge.request === request && edge.offer === offer)?.apart ?? []
    for (const week of apart) if (hours[week]! > 0) wrong.push(`${request} and ${offer} are apart in week ${week}`)
    for (const term of shape === 'by-term' ? asks.demand.map((segment) => [segment]) : [asks.demand]) {
      // A week in which the locked assignments have used up the hours is as if nothing were asked or offered in it.
      const shared = [...hours.keys()].filter(
        (week) =>
          hoursLeft(term, asked, week) > near && hoursLeft(gives.capacity, taken, week) > near && !apart.includes(week),
      )
      const different = new Set(shared.map((week) => hours[week] ?? 0))
      if (different.size > 1) wrong.push(`${request} and ${offer} have different hours in one term`)
      for (const some of different) {
        const least = Math.max(asks.minimumSlice, gives.minimumSlice)
        if (some > 0 && some < least - near * Math.max(1, least))
          wrong.push(`${request} gets only ${some} h of ${offer}`)
      }
    }
  }
  return wrong
}

function hoursLeft(segments: readonly Segment[], locked: readonly Assignment[], week: number): number {
  return locked
    .filter(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)
    .reduce((left, { hoursPerWeek }) => left - hoursPerWeek, hoursIn(segments, week))
}

function wrongLocks({ locked = [] }: Market, { assignments }: Plan): string[] {
  const kept = new Set(
    assignments.map((row) => JSON.stringify(row, ['request', 'offer', 'fromWeek', 'toWeek', 'hoursPerWeek'])),
  )
  return locked
    .filter((row) => !kept.has(JSON.stringify(row, ['request', 'offer', 'fromWeek', 'toWeek', 'hoursPerWeek'])))
    .map(({ request, offer }) => `${request} and ${offer} were locked`)
}

/** Straight lines between the points of 2c − c² at every twentieth. */
function ladderAt(coverage: number): number {
  const low = Math.floor(Math.min(coverage, 1) * 20) / 20
  const high = low + 0.05
  const curve = (at: number) => at * (2 - at)
  return curve(low) + ((coverage - low) / 0.05) * (curve(high) - curve(low))
}

function wrongSums(market: Market, policy: Policy, plan: Plan): string[] {
  const wrong: string[] = []
  const { value, bound, gap, unmet } = plan
  const scores = new Map(market.edges.map(({ request, offer, score }) => [JSON.stringify([request, offer]), score]))
  const partyOf = new Map(market.requests.map(({ id, party }) => [id, party]))
  const asked = new Map<string, number>()
  const given = new Map<string, number>()
  let missing = 0
  for (const { party, demand } of market.requests) {
    for (const { fromWeek, toWeek, hoursPerWeek } of demand) {
      asked.set(party, (asked.get(party) ?? 0) + (toWeek - fromWeek) * hoursPerWeek)
      missing += (toWeek - fromWeek) * hoursPerWeek
    }
  }
  let help = 0
  for (const { request, offer, fromWeek, toWeek, hoursPerWeek } of plan.assignments) {
    const hours = (toWeek - fromWeek) * hoursPerWeek
    const party = partyOf.get(request) ?? ''
    given.set(party, (given.get(party) ?? 0) + hours)
    help += (scores.get(JSON.stringify([request, offer])) ?? 0) * hours
    missing -= hours
  }
  const same = (what: string, said: number, is: number) => {
    if (!(Math.abs(said - is) <= near * Math.max(1, Math.abs(is)))) wrong.push(`${what} is ${is}, not ${said}`)
  }
  const covered: number[] = []
  let ladder = 0
  for (const [party, hours] of asked) {
    if (hours === 0) continue
    const share = (given.get(party) ?? 0) / hours
    covered.push(share)
    ladder += hours * ladderAt(share)
    same(`coverage of ${party}`, plan.coverage[party] ?? Number.NaN, share)
  }
  const highest = Math.max(1, ...scores.values())
  const fairness = policy.kind === 'balanced' ? policy.fairness : policy.kind === 'most-help' ? 0 : 1
  if (fairness === 1) same('smallest coverage', value, Math.min(1, ...covered))
  else same('value', value, (1 - fairness) * help + fairness * highest * ladder)
  if (!(value <= bound * (1 + near))) wrong.push(`value ${value} is above bound ${bound}`)
  same('gap', gap, bound > 0 ? (bound - value) / bound : 0)
  same(
    'unmet hours',
    unmet.reduce((sum, { hours }) => sum + hours, 0),
    missing,
  )
  return wrong
}
