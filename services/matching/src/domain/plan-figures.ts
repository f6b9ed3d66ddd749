import type { Plan } from '@samkraft/allocation'
import type { PlanAlternative, PlanCoverage, PlanFigures, PlanPolicy } from '@samkraft/contracts/matching'
import { nameOf, type PlanEdge, type PlanMarket, sidesOf, totalHours } from './plan-market.ts'

/** A day of work on site. */
const hoursPerVisit = 8

/** Visits counted per hour of work, by how it is done. */
const visitsFor = { on_site: 1, hybrid: 0.5, remote: 0 } as const

/** What figures are made of: what is met, whatever is said of the rest. */
type Met = Omit<Plan, 'unmet'>

type Given = Readonly<{ lenderId: string; borrowerId: string; hours: number }>

/** What a plan comes to: the figures plans and policies are compared by. */
export function alternativeOf(policy: PlanPolicy, plan: Met, market: PlanMarket): PlanAlternative {
  const coverage = coverageOf(plan, market)
  return { policy, figures: figuresOf(plan, market, coverage), coverage }
}

function figuresOf(plan: Met, market: PlanMarket, coverage: readonly PlanCoverage[]): PlanFigures {
  const given = givenIn(plan, market)
  const edges = new Map(market.pairs.map((pair) => [nameOf(pair), pair]))
  const { offers } = sidesOf(market)
  const perRequest = sums(plan.assignments.map((one) => [one.request, hoursOf(one)]))
  const asked = market.requests.map((request) => ({
    hours: totalHours(request.left, market.fromWeek),
    given: perRequest.get(request.requestId) ?? 0,
  }))
  const [worst] = coverage
  const costs = plan.assignments.map((one) => ({ ore: offers.get(one.offer)?.orePerHour ?? null, hours: hoursOf(one) }))
  const inhabitants = new Map(market.organisations.map((one) => [one.organisationId, one.population]))
  const perInhabitant = (side: 'lenderId' | 'borrowerId', everyone: readonly string[]) => {
    const hours = sums(given.map((one) => [one[side], one.hours]))
    return [...new Set(everyone)].flatMap((id) => {
      const people = inhabitants.get(id)
      return people ? [(hours.get(id) ?? 0) / people] : []
    })
  }
  return {
    hoursAsked: sum(asked.map(({ hours }) => hours)),
    hoursGiven: sum(given.map(({ hours }) => hours)),
    requests: asked.length,
    met: asked.filter((one) => one.given > 0 && one.given >= one.hours).length,
    partlyMet: asked.filter((one) => one.given > 0 && one.given < one.hours).length,
    worstOff: worst ? { organisationId: worst.organisationId, coverage: shareOf(worst) } : null,
    kmPerWeek: Math.round(averageKm(plan, edges)),
    ore: Math.round(sum(costs.map(({ ore, hours }) => (ore ?? 0) * hours))),
    hoursWithoutPrice: sum(costs.map(({ ore, hours }) => (ore === null ? hours : 0))),
    value: plan.value,
    bound: plan.bound,
    gap: plan.gap,
    giniGiven: gini(
      perInhabitant(
        'lenderId',
        market.offers.map(({ organisationId }) => organisationId),
      ),
    ),
    giniReceived: gini(
      perInhabitant(
        'borrowerId',
        market.requests.map(({ organisationId }) => organisationId),
      ),
    ),
  }
}

/** Hours asked for and given by organisation, the smallest share first. */
function coverageOf(plan: Met, market: PlanMarket): PlanCoverage[] {
  const { requests } = sidesOf(market)
  const given = sums(
    plan.assignments.map((one) => [requests.get(one.request)?.organisationId ?? '', hoursOf(one)] as const),
  )
  const asked = sums(market.requests.map((one) => [one.organisationId, totalHours(one.left, market.fromWeek)] as const))
  return [...asked]
    .filter(([, hoursAsked]) => hoursAsked > 0)
    .map(([organisationId, hoursAsked]) => ({
      organisationId,
      hoursAsked,
      hoursGiven: given.get(organisationId) ?? 0,
    }))
    .sort(
      (a, b) =>
        shareOf(a) - shareOf(b) || b.hoursAsked - a.hoursAsked || (a.organisationId < b.organisationId ? -1 : 1),
    )
}

function givenIn(plan: Met, market: PlanMarket): Given[] {
  const { requests, offers } = sidesOf(market)
  return plan.assignments.map((one) => ({
    lenderId: offers.get(one.offer)?.organisationId ?? '',
    borrowerId: requests.get(one.request)?.organisationId ?? '',
    hours: hoursOf(one),
  }))
}

/** Kilometres a week, on average over the weeks in which anything is given. */
function averageKm({ assignments }: Met, edges: ReadonlyMap<string, PlanEdge>): number {
  const weeks = new Set<number>()
  let km = 0
  for (const one of assignments) {
    km += kmPerWeek(one.hoursPerWeek, edges.get(edgeName(one))) * (one.toWeek - one.fromWeek)
    for (let week = one.fromWeek; week < one.toWeek; week += 1) weeks.add(week)
  }
  return km / Math.max(1, weeks.size)
}

/** There and back for every day of work on site; nothing where the distance is not known. */
export function kmPerWeek(hoursPerWeek: number, edge: Pick<PlanEdge, 'km' | 'place'> | undefined): number {
  if (!edge?.km) return 0
  return 2 * edge.km * Math.ceil(hoursPerWeek / hoursPerVisit) * visitsFor[edge.place]
}

/**
 * The Gini coefficient of what falls to each: 0 when all have the same, towards 1 when one has everything.
 * Nothing shared among anybody is shared evenly.
 */
export function gini(amounts: readonly number[]): number {
  const sorted = [...amounts].sort((a, b) => a - b)
  const total = sum(sorted)
  if (total <= 0) return 0
  const weighted = sum(sorted.map((amount, index) => amount * (2 * (index + 1) - sorted.length - 1)))
  return Math.min(1, Math.max(0, weighted / (sorted.length * total)))
}

export function hoursOf(one: Readonly<{ fromWeek: number; toWeek: number; hoursPerWeek: number }>): number {
  return (one.toWeek - one.fromWeek) * one.hoursPerWeek
}

function edgeName(one: Readonly<{ request: string; offer: string }>): string {
  return nameOf({ requestId: one.request, offerId: one.offer })
}

function shareOf({ hoursAsked, hoursGiven }: PlanCoverage): number {
  return Math.min(1, hoursGiven / hoursAsked)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function sums(entries: readonly (readonly [string, number])[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const [key, amount] of entries) totals.set(key, (totals.get(key) ?? 0) + amount)
  return totals
}
