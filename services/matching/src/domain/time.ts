import type { ExtentFactor, PeriodFactor } from '@samkraft/contracts/matching'
import type { Period } from '@samkraft/kernel'
import type { z } from 'zod'
import type { Asked, Offered } from './parties.ts'
import { scoredAs } from './rules.ts'
import { missedRanges, type Share, weekNamed } from './share.ts'

/** Extent: the hours per week of the share against the most asked for in any week. */
export function scoreExtent(
  { facts: request }: Asked,
  { facts: offer }: Offered,
  share: Share,
): z.infer<typeof ExtentFactor> {
  const { asked, hoursPerWeek, helps } = share
  // Nobody needs more than is still asked for.
  const least = Math.min(request.least, asked)
  const evidence = { hoursPerWeek, asked, least, slice: offer.slice }
  const scored = scoredAs('extent', share.extentPoints)
  if (helps) {
    const missing = hoursPerWeek < asked ? ({ reason: 'fewer', hoursPerWeek: asked - hoursPerWeek } as const) : null
    return { ...scored, evidence, missing }
  }
  const missing =
    hoursPerWeek < least
      ? ({ reason: 'below_least', hoursPerWeek: least - hoursPerWeek } as const)
      : ({ reason: 'below_slice', hoursPerWeek: offer.slice - hoursPerWeek } as const)
  return { ...scored, evidence, missing }
}

/** Period: the weeks in which those hours can be given, of the weeks that still ask for any. */
export function scorePeriod({ facts }: Asked, { facts: offer }: Offered, share: Share): z.infer<typeof PeriodFactor> {
  const { weeks, askedWeeks } = share
  const asked = spanOfSegments(facts.segments) ?? spanOfWeeks(share)
  const evidence = {
    weeks,
    askedWeeks,
    covered: coveredDays(share, asked, spanOfSegments(offer.segments)),
    asked,
    fixed: facts.periodFixed,
  }
  const missing = weeks < askedWeeks ? { weeks: askedWeeks - weeks, ranges: missedRanges(share) } : null
  return { ...scoredAs('period', share.periodPoints), evidence, missing }
}

/** The days of the share: its weeks, within the first and last day that are asked for and offered. */
function coveredDays({ stretch }: Share, ...limits: (Period | null)[]): Period | null {
  if (!stretch) return null
  return limits.reduce<Period>(
    (days, limit) => ({
      from: limit && limit.from > days.from ? limit.from : days.from,
      to: limit && limit.to < days.to ? limit.to : days.to,
    }),
    { from: weekNamed(stretch.from), to: weekNamed(stretch.to) },
  )
}

function spanOfSegments(segments: readonly { period: Period }[]): Period | null {
  const [first, ...rest] = segments.map(({ period }) => period)
  if (!first) return null
  return rest.reduce(
    (span, { from, to }) => ({ from: from < span.from ? from : span.from, to: to > span.to ? to : span.to }),
    first,
  )
}

function spanOfWeeks({ cells }: Share): Period {
  return { from: weekNamed(cells[0]?.from ?? 0), to: weekNamed(cells.at(-1)?.to ?? 0) }
}
