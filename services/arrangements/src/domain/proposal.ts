import type { Share, ShareInput, ShortfallView } from '@samkraft/contracts/arrangements'
import type { Segment, WeeklyHours } from '@samkraft/contracts/marketplace'
import { type Actor, addDays, daysIn, DomainError, type Period, type Role, type Week, weeksOf } from '@samkraft/kernel'
import { type Arrangement, sidesOf } from './arrangement.ts'
import { proposers } from './move-table.ts'

/** Days; more than any offer can be for. */
const longest = 366 * 20

/** What this service knows of an offer: its own copy, so the ledger may know better. */
export type OfferCopy = Readonly<{
  id: string
  lenderId: string
  open: boolean
  segments: readonly Segment[]
  /** Smallest useful slice, hours per week. */
  slice: number
  left: readonly WeeklyHours[]
}>

export type RequestCopy = Readonly<{ id: string; organisationId: string; open: boolean }>

/** Whose request each share answers, in the order given. */
export function sharesFor(inputs: readonly ShareInput[], requests: readonly RequestCopy[]): Share[] {
  const byId = new Map(requests.map((request) => [request.id, request]))
  return inputs.map(({ requestId, period, hoursPerWeek }, index) => {
    const request = byId.get(requestId)
    if (!request)
      throw new DomainError('not_found', 'arrangement.request_not_found', { field: `shares.${index}.requestId` })
    return { organisationId: request.organisationId, requestId, period, hoursPerWeek }
  })
}

/** Nobody borrows from itself. */
export function assertParties(offer: OfferCopy, shares: readonly Share[]): void {
  if (shares.some(({ organisationId }) => organisationId === offer.lenderId))
    throw new DomainError('invalid', 'arrangement.own_offer')
}

/**
 * On which side and in which role somebody proposes: a party when the own organisation lends or borrows, else the
 * coordinator of the region that would coordinate it. Nobody else may.
 */
export function proposerOf(
  parties: Pick<Arrangement, 'lenderId' | 'borrowerIds' | 'regionId'>,
  { organisationId, roles }: Actor,
): { side: keyof typeof proposers; role: Role } {
  const sides = sidesOf(parties, organisationId)
  for (const side of ['lender', 'borrower', 'coordinator'] as const) {
    const role = sides.includes(side) ? proposers[side].find((one) => roles.includes(one)) : undefined
    if (role) return { side, role }
  }
  if (sides.includes('coordinator')) throw new DomainError('forbidden', 'arrangement.role_coordinator_needed')
  if (sides.length > 0) throw new DomainError('forbidden', 'arrangement.role_negotiator_needed')
  const coordinates = proposers.coordinator.some((role) => roles.includes(role))
  throw new DomainError('forbidden', coordinates ? 'arrangement.not_the_coordinator' : 'arrangement.not_a_party')
}

/** Only what is still offered and still asked for can be arranged. */
export function assertOpen(offer: OfferCopy, requests: readonly RequestCopy[]): void {
  if (!offer.open) throw new DomainError('conflict', 'arrangement.offer_not_open')
  if (requests.some(({ open }) => !open)) throw new DomainError('conflict', 'arrangement.request_not_open')
}

/** A revision keeps the requests it began with: other parties are another arrangement. */
export function assertSameRequests(before: readonly Share[], inputs: readonly ShareInput[]): void {
  const requestsOf = (shares: readonly ShareInput[]) => new Set(shares.map(({ requestId }) => requestId))
  if (requestsOf(before).symmetricDifference(requestsOf(inputs)).size > 0)
    throw new DomainError('invalid', 'arrangement.parties_fixed')
}

/**
 * Refuses at once what the lender or the ledger would refuse later: less than the offer's smallest slice, weeks it does not
 * reach, or more hours in some week than are left. Each refusal names the figures.
 */
export function assertFits(shares: readonly Share[], offer: OfferCopy, today: string): void {
  for (const [index, share] of shares.entries()) {
    const field = `shares.${index}`
    if (share.period.to <= today) throw new DomainError('invalid', 'arrangement.period_passed', { field })
    assertWithin(share.period, offer, field)
  }
  assertSlice(shares, offer)
  const short = firstShortfall(shares, offer)
  if (short) throw new DomainError('conflict', 'arrangement.capacity_short', short)
}

function assertWithin(period: Period, { segments }: OfferCopy, field: string): void {
  const offered = new Set(segments.flatMap((segment) => weeksOf(segment.period)))
  // A period far outside is not counted out week by week: centuries of them would take a while.
  const near = segments.some(({ period: { from, to } }) => period.to > addDays(from, -7) && period.from < to)
  const weeks = near && daysIn(period) < longest ? weeksOf(period) : []
  const outside = weeks.find((week) => !offered.has(week))
  if (weeks.length === 0 || outside !== undefined)
    throw new DomainError('invalid', 'arrangement.period_outside', {
      field: `${field}.period`,
      week: outside ?? period.from,
      offered: segments.map((segment) => segment.period),
    })
}

/**
 * What the lender lets go of at a time is at least a slice. Borrowers who share it make one slice together: in every week
 * that any of them takes hours, all of them together take as many as that.
 */
function assertSlice(shares: readonly Share[], { slice }: OfferCopy): void {
  const weeks = hoursByWeek(shares)
  for (const [index, { period, hoursPerWeek }] of shares.entries()) {
    const together = Math.min(...weeksOf(period).map((week) => weeks.get(week) ?? hoursPerWeek))
    if (together < slice)
      throw new DomainError('invalid', 'arrangement.below_slice', {
        field: `shares.${index}.hoursPerWeek`,
        slice,
        asked: together,
      })
  }
}

/** Hours per week, all shares together: the most in any week. */
export function mostTogether(shares: readonly Share[]): number {
  return Math.max(0, ...hoursByWeek(shares).values())
}

function hoursByWeek(shares: readonly Share[]): Map<Week, number> {
  const hours = new Map<Week, number>()
  for (const { period, hoursPerWeek } of shares)
    for (const week of weeksOf(period)) hours.set(week, (hours.get(week) ?? 0) + hoursPerWeek)
  return hours
}

/** The first week in which the shares together ask for more than the offer has left, with both figures, and how many weeks that is so. */
export function firstShortfall(shares: readonly Share[], offer: OfferCopy): ShortfallView | null {
  const short = [...hoursByWeek(shares)]
    .map(([week, asked]) => ({ week, left: leftInWeek(offer.left, week), asked }))
    .filter(({ left, asked }) => asked > left)
    .sort((a, b) => (a.week < b.week ? -1 : 1))
  return short[0] ? { ...short[0], weeks: short.length } : null
}

function leftInWeek(left: readonly WeeklyHours[], week: Week): number {
  return left.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)?.hoursPerWeek ?? 0
}
