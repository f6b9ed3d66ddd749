import type { Improvement, MatchFactor } from '@samkraft/contracts/matching'
import type { WeeklyHours } from '@samkraft/contracts/marketplace'
import type { Asked, Market, Offered } from './parties.ts'
import { score, type Scored } from './score.ts'

type Change = Readonly<{
  /** What it would take, without the points it gains. */
  what: DistributiveOmit<Improvement, 'points'>
  request?: Partial<Asked['facts']>
  offer?: Partial<Offered['facts']>
}>

type DistributiveOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never

/**
 * What would make a match better, most points first. Each is the match scored again with just that changed, so the points
 * said are exactly the points there would be.
 */
export function improvements(request: Asked, offer: Offered, market: Market, now: Scored): Improvement[] {
  return now.factors
    .flatMap((factor) => changesFor(factor, request, offer, market.fromWeek))
    .flatMap(({ what, request: asked, offer: offered }): Improvement[] => {
      const then = score(
        { ...request, facts: { ...request.facts, ...asked } },
        { ...offer, facts: { ...offer.facts, ...offered } },
        market,
      )
      const points = (then?.score ?? 0) - now.score
      return points > 0 ? [{ ...what, points }] : []
    })
    .sort((a, b) => b.points - a.points || (a.code < b.code ? -1 : 1))
}

function changesFor(factor: MatchFactor, request: Asked, offer: Offered, fromWeek: string): Change[] {
  switch (factor.factor) {
    case 'competence':
      return factor.missing?.licence
        ? [{ what: { code: 'offer_document_licence' }, offer: { licence: 'documented' } }]
        : []
    case 'extent':
      return moreHours(factor, request, offer, fromWeek)
    case 'period':
      return moreWeeks(factor, request, offer)
    case 'place':
      return nearer(factor)
    case 'cost':
      return factor.missing?.reason === 'above' && factor.evidence.highestOrePerHour !== null
        ? [
            {
              what: { code: 'offer_lower_price', orePerHour: factor.evidence.highestOrePerHour },
              offer: { orePerHour: factor.evidence.highestOrePerHour },
            },
          ]
        : []
    case 'language':
    case 'focus_area':
    case 'small_municipality':
    case 'give_take':
      return []
  }
}

type FactorOf<Name extends MatchFactor['factor']> = Extract<MatchFactor, { factor: Name }>

function moreHours(
  { missing, evidence }: FactorOf<'extent'>,
  { facts }: Asked,
  { facts: offer }: Offered,
  first: string,
): Change[] {
  if (!missing) return []
  const changes: Change[] = []
  const short = shortfall(facts.left, offer.left, first)
  if (short) {
    changes.push({
      what: { code: 'offer_more_hours', hoursPerWeek: short.hoursPerWeek, weeks: short.weeks },
      offer: { left: raised(offer.left, short.weeks, (hours) => hours + short.hoursPerWeek) },
    })
  }
  if (missing.reason === 'below_slice') {
    const slice = evidence.hoursPerWeek
    changes.push({ what: { code: 'offer_smaller_slice', hoursPerWeek: slice }, offer: { slice } })
  }
  if (missing.reason === 'below_least' && evidence.hoursPerWeek >= offer.slice) {
    const least = evidence.hoursPerWeek
    changes.push({ what: { code: 'request_lower_least', hoursPerWeek: least }, request: { least } })
  }
  return changes
}

function moreWeeks({ missing, evidence }: FactorOf<'period'>, { facts }: Asked, { facts: offer }: Offered): Change[] {
  if (!missing || evidence.weeks === 0) return []
  const most = facts.left.reduce((hours, { hoursPerWeek }) => Math.max(hours, hoursPerWeek), 0)
  const left = missing.ranges.reduce(
    (weeks, range) => raised(weeks, range, (hours) => Math.max(hours, most)),
    offer.left,
  )
  const changes: Change[] = [
    { what: { code: 'offer_more_weeks', weeks: missing.weeks, ranges: missing.ranges }, offer: { left } },
  ]
  if (evidence.fixed) changes.push({ what: { code: 'request_flexible_period' }, request: { periodFixed: false } })
  return changes
}

function nearer({ missing, evidence }: FactorOf<'place'>): Change[] {
  if (!missing) return []
  const changes: Change[] = []
  if (evidence.asked !== 'remote' && evidence.offered !== 'on_site')
    changes.push({ what: { code: 'request_accept_remote' }, request: { place: 'remote' } })
  if (evidence.asked !== 'on_site' && evidence.offered === 'on_site')
    changes.push({ what: { code: 'offer_remote' }, offer: { place: 'hybrid' } })
  if (missing.reason === 'beyond_travel' && evidence.km !== null)
    changes.push({ what: { code: 'offer_travel_farther', km: evidence.km }, offer: { travelKm: evidence.km } })
  return changes
}

type Short = Readonly<{ hoursPerWeek: number; weeks: { fromWeek: string; toWeek: string } }>

/** The most hours lacking in the weeks where both sides have some, and from the first to the last such week. */
function shortfall(demand: readonly WeeklyHours[], supply: readonly WeeklyHours[], first: string): Short | null {
  const lacking = demand.flatMap((asked) =>
    supply.flatMap((left) => {
      const fromWeek = later(first, later(asked.fromWeek, left.fromWeek))
      const toWeek = asked.toWeek < left.toWeek ? asked.toWeek : left.toWeek
      const hours = asked.hoursPerWeek - left.hoursPerWeek
      return fromWeek < toWeek && left.hoursPerWeek > 0 && hours > 0 ? [{ fromWeek, toWeek, hours }] : []
    }),
  )
  const [one, ...rest] = lacking
  if (!one) return null
  return rest.reduce<Short>(
    ({ hoursPerWeek, weeks }, { fromWeek, toWeek, hours }) => ({
      hoursPerWeek: Math.max(hoursPerWeek, hours),
      weeks: {
        fromWeek: fromWeek < weeks.fromWeek ? fromWeek : weeks.fromWeek,
        toWeek: later(toWeek, weeks.toWeek),
      },
    }),
    { hoursPerWeek: one.hours, weeks: { fromWeek: one.fromWeek, toWeek: one.toWeek } },
  )
}

/** The offer's hours with those of every week of a stretch made more, also where there are none. */
function raised(
  left: readonly WeeklyHours[],
  { fromWeek, toWeek }: { fromWeek: string; toWeek: string },
  more: (hours: number) => number,
): WeeklyHours[] {
  const outside = left.flatMap((part) => [
    { ...part, toWeek: part.toWeek < fromWeek ? part.toWeek : fromWeek },
    { ...part, fromWeek: later(part.fromWeek, toWeek) },
  ])
  const inside = left.map((part) => ({
    fromWeek: later(part.fromWeek, fromWeek),
    toWeek: part.toWeek < toWeek ? part.toWeek : toWeek,
    hoursPerWeek: more(part.hoursPerWeek),
  }))
  const there = inside.filter(isSome).sort((a, b) => (a.fromWeek < b.fromWeek ? -1 : 1))
  const gaps: WeeklyHours[] = []
  let reached = fromWeek
  for (const part of there) {
    gaps.push({ fromWeek: reached, toWeek: part.fromWeek, hoursPerWeek: more(0) })
    reached = later(reached, part.toWeek)
  }
  gaps.push({ fromWeek: reached, toWeek, hoursPerWeek: more(0) })
  return [...outside, ...there, ...gaps].filter(isSome)
}

function isSome({ fromWeek, toWeek }: WeeklyHours): boolean {
  return fromWeek < toWeek
}

function later(a: string, b: string): string {
  return a > b ? a : b
}
