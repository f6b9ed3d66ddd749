import type { WeeklyHours } from '@samkraft/contracts/marketplace'
import { overlap, type Period } from '@samkraft/kernel'
import { type Asked, daysAsked, enclosing, type Offered } from './parties.ts'
import { rules } from './rules.ts'
import { weekNamed, weekNumber, weeksApart } from './share.ts'

/** An offer that serves a request in part. */
export type PartOffer = Readonly<{ offerId: string; score: number; offered: Offered }>

/** What one offer of a combination gives: the same hours every week of an unbroken stretch of the weeks asked for. */
type Part<Offer extends PartOffer> = Readonly<{ offer: Offer; hoursPerWeek: number; weeks: number; period: Period }>

/** Several offers that together cover more of a request than any of them alone. */
export type Combination<Offer extends PartOffer> = Readonly<{
  parts: readonly Part<Offer>[]
  /** Hours over the whole period: asked for, and covered. */
  asked: number
  covered: number
  /** What stays open: the most hours in any week, how many weeks, and from the first to the last; null when nothing does. */
  open: Readonly<{ hoursPerWeek: number; weeks: number; period: Period }> | null
}>

// Only the best are tried: three of twelve are a thousand ways.
const { offersTried, mostProviders } = rules.pooling

/** A week, and the hours asked for in it that nobody has covered yet. */
type Open = Readonly<{ week: number; hours: number }>

type Way<Offer extends PartOffer> = Readonly<{ parts: readonly Part<Offer>[]; open: readonly Open[]; covered: number }>

/**
 * The two or three offers that together cover most of a request; among equals the fewer, then the higher score, then the ids.
 * Each in turn takes the steady share with the most hours of what those before it leave open, never more than is asked for in
 * any week. Null when no combination covers more than the best offer alone.
 */
export function combine<Offer extends PartOffer>(
  { facts }: Asked,
  offers: readonly Offer[],
  fromWeek: string,
): Combination<Offer> | null {
  const days = daysAsked(facts)
  if (!days) return null
  const candidates = [...offers]
    .sort(byScore)
    .slice(0, offersTried)
    .map((offer) => ({ offer, supply: supplyOf(offer.offered.facts, facts) }))
  const whole = weeksAsked(facts.left, weekNumber(fromWeek))
  const ways: Way<Offer>[] = []
  const extend = (way: Way<Offer>): void => {
    for (const { offer, supply } of candidates) {
      if (way.parts.some((part) => part.offer.offerId === offer.offerId)) continue
      const longer = withPart(way, offer, supply, facts.least, days)
      if (!longer) continue
      ways.push(longer)
      if (longer.parts.length < mostProviders && longer.open.some(({ hours }) => hours > 0)) extend(longer)
    }
  }
  extend({ parts: [], open: whole, covered: 0 })
  const alone = ways.filter(({ parts }) => parts.length === 1).reduce((most, { covered }) => Math.max(most, covered), 0)
  const [best] = ways.filter(({ parts, covered }) => parts.length > 1 && covered > alone).sort(byWorth)
  if (!best) return null
  const asked = whole.reduce((sum, { hours }) => sum + hours, 0)
  return { parts: best.parts, asked, covered: best.covered, open: whatIsOpen(best.open) }
}

function byScore(a: PartOffer, b: PartOffer): number {
  return b.score - a.score || (a.offerId < b.offerId ? -1 : 1)
}

function byWorth<Offer extends PartOffer>(a: Way<Offer>, b: Way<Offer>): number {
  const scores = ({ parts }: Way<Offer>) => parts.reduce((sum, { offer }) => sum + offer.score, 0)
  const ids = ({ parts }: Way<Offer>) => parts.map(({ offer }) => offer.offerId).join()
  return b.covered - a.covered || a.parts.length - b.parts.length || scores(b) - scores(a) || (ids(a) < ids(b) ? -1 : 1)
}

function weeksAsked(left: readonly WeeklyHours[], first: number): Open[] {
  const weeks = new Map<number, number>()
  for (const { fromWeek, toWeek, hoursPerWeek } of left) {
    for (let week = Math.max(first, weekNumber(fromWeek)); week < weekNumber(toWeek); week += 1)
      weeks.set(week, (weeks.get(week) ?? 0) + hoursPerWeek)
  }
  return [...weeks]
    .filter(([, hours]) => hours > 0)
    .sort(([a], [b]) => a - b)
    .map(([week, hours]) => ({ week, hours }))
}

function withPart<Offer extends PartOffer>(
  way: Way<Offer>,
  offer: Offer,
  supply: ReadonlyMap<number, number>,
  least: number,
  days: Period,
): Way<Offer> | null {
  const { facts } = offer.offered
  const share = steadiest(way.open, supply, { slice: facts.slice, least })
  if (!share) return null
  const { from, to, hoursPerWeek } = share
  const [first, last] = [way.open[from], way.open[to - 1]]
  const own = enclosing(facts.segments.map((segment) => segment.period)) ?? days
  const asked = first && last && overlap({ from: weekNamed(first.week), to: weekNamed(last.week + 1) }, days)
  const period = asked && overlap(asked, own)
  if (!period) return null
  const weeks = to - from
  const open = way.open.map((one, index) =>
    index >= from && index < to ? { ...one, hours: one.hours - hoursPerWeek } : one,
  )
  return {
    parts: [...way.parts, { offer, hoursPerWeek, weeks, period }],
    open,
    covered: way.covered + hoursPerWeek * weeks,
  }
}

/** What an offer has in each week in which it has days in common with the request. */
function supplyOf({ left, segments }: Offered['facts'], request: Asked['facts']): ReadonlyMap<number, number> {
  const periods = (all: readonly Readonly<{ period: Period }>[]) => all.map(({ period }) => period)
  const apart = weeksApart(periods(request.segments), periods(segments))
  return new Map(
    weeksAsked(left, -Infinity).flatMap(({ week, hours }) => (apart.has(week) ? [] : [[week, hours] as const])),
  )
}

/** The share with the most hours in all; among equals the earlier, then the one with more hours a week. Indexes into `open`. */
function steadiest(
  open: readonly Open[],
  supply: ReadonlyMap<number, number>,
  { slice, least }: Readonly<{ slice: number; least: number }>,
): Readonly<{ from: number; to: number; hoursPerWeek: number }> | null {
  const possible = open.map(({ week, hours }) => Math.min(hours, supply.get(week) ?? 0))
  const asked = open.reduce((most, { hours }) => Math.max(most, hours), 0)
  const enough = Math.max(slice, Math.min(least, asked))
  let best: { from: number; to: number; hoursPerWeek: number } | null = null
  const levels = [...new Set(possible)].filter((level) => level >= enough).sort((a, b) => b - a)
  for (const hoursPerWeek of levels) {
    for (let from = 0; from < possible.length;) {
      let to = from
      while (to < possible.length && (possible[to] ?? 0) >= hoursPerWeek) to += 1
      if (to > from && (best === null || hoursPerWeek * (to - from) > best.hoursPerWeek * (best.to - best.from)))
        best = { from, to, hoursPerWeek }
      from = to + 1
    }
  }
  return best
}

function whatIsOpen(open: readonly Open[]): Combination<PartOffer>['open'] {
  const some = open.filter(({ hours }) => hours > 0)
  const [first, last] = [some[0], some.at(-1)]
  if (!first || !last) return null
  return {
    hoursPerWeek: some.reduce((most, { hours }) => Math.max(most, hours), 0),
    weeks: some.length,
    period: { from: weekNamed(first.week), to: weekNamed(last.week + 1) },
  }
}
