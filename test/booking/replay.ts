import {
  capacityRefused,
  capacityReleased,
  capacityReserved,
  offerPublished,
  offerWithdrawn,
  type Segment,
  type WeeklyHours,
} from '@samkraft/contracts/marketplace'
import { approvalRequested, arrangementEndDecided, arrangementEnded } from '@samkraft/contracts/arrangements'
import { addDays, type Period } from '@samkraft/kernel'
import { type EventRow, type History, type HoldRow, shortName } from './history.ts'

type Held = Readonly<{ requestId: string; period: Period; hoursPerWeek: number }>

/** An offer as its events tell of it, as far as they have been read. */
type Account = {
  readonly floor: number
  /** While it is not, as when it is paused, it may be changed without a word to anybody. */
  open: boolean
  withdrawn: boolean
  segments: readonly Segment[]
  readonly held: Map<string, readonly Held[]>
  /** How many answers each arrangement has had. */
  readonly answers: Map<string, number>
}

/**
 * Goes through an offer's events as they were committed, keeps its own account of what is offered and held, and compares:
 * each yes must fit, each no must be true, what is said to be left must be left, and the ledger must end where the account does.
 */
export function replayOffer(history: History, offerId: string, floor: number): string[] {
  const account: Account = { floor, open: false, withdrawn: false, segments: [], held: new Map(), answers: new Map() }
  const events = history.offerEvents.filter(({ id }) => id === offerId)
  const faults = events.flatMap((event) => replay(account, event, history))
  const ledger = history.holds.filter((hold) => hold.offerId === offerId && hold.state !== 'released')
  return [...faults, ...differences(account, ledger)].map((fault) => `offer ${offerId}: ${fault}`)
}

function replay(account: Account, { type, data }: EventRow, history: History): string[] {
  switch (shortName(type)) {
    case 'offer_published':
    case 'offer_changed':
      account.open = true
      account.segments = offerPublished.data.parse(data).segments
      return overheld(account)
    case 'offer_withdrawn':
      account.open = false
      account.withdrawn = offerWithdrawn.data.parse(data).reason === 'withdrawn'
      return []
    case 'capacity_reserved': {
      const { arrangementId, shares, left } = capacityReserved.data.parse(data)
      const faults = [
        ...(account.withdrawn ? [`${arrangementId} got hours of an offer that is withdrawn`] : []),
        ...(account.held.has(arrangementId) ? [`${arrangementId} got its hours twice`] : []),
        ...(same(shares, nextAsked(account, history, arrangementId))
          ? []
          : [`${arrangementId} got other hours than it asked for`]),
      ]
      account.held.set(arrangementId, shares)
      return [...faults, ...overheld(account), ...untrue(account, left)]
    }
    case 'capacity_refused':
      return refusalFaults(account, history, capacityRefused.data.parse(data))
    case 'capacity_released': {
      const { arrangementId, left } = capacityReleased.data.parse(data)
      release(account, history, arrangementId)
      return untrue(account, left)
    }
    default:
      return [`an event of type ${type}`]
  }
}

/** A no is true when the week it names falls short by the figures it names, and no week before it does. */
function refusalFaults(
  account: Account,
  history: History,
  { arrangementId, reason, shortfall }: ReturnType<typeof capacityRefused.data.parse>,
): string[] {
  const asked = nextAsked(account, history, arrangementId)
  if ((reason === 'not_open') !== account.withdrawn) return [`${arrangementId} was refused as ${reason}`]
  if (reason === 'not_open') return shortfall === null ? [] : [`${arrangementId} was given figures of a closed offer`]
  if (!account.open) return []
  const left = leftByWeek(account)
  const short = [...byWeek(asked)]
    .filter(([week, hours]) => hours > (left.get(week) ?? 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const [first] = short
  const truth = first ? { week: first[0], left: left.get(first[0]) ?? 0, asked: first[1], weeks: short.length } : null
  return same(truth, shortfall)
    ? []
    : [`${arrangementId} was told ${JSON.stringify(shortfall)} when it was ${JSON.stringify(truth)}`]
}

/** What the arrangement asked for when it got its next answer: its first request has the first answer, and so on. */
function nextAsked({ answers }: Account, { arrangementEvents }: History, arrangementId: string): readonly Held[] {
  const nth = answers.get(arrangementId) ?? 0
  answers.set(arrangementId, nth + 1)
  const requests = arrangementEvents.filter(({ id, type }) => id === arrangementId && type === approvalRequested.type)
  return approvalRequested.data.safeParse(requests[nth]?.data).data?.shares ?? []
}

/** Either says which was the last day; the same one when both do. One that was wrong is corrected to an earlier. */
const endings: readonly string[] = [arrangementEndDecided.type, arrangementEnded.type]

/** What an arrangement held is free: all of it, or what lies after the last day when it ends. */
function release(account: Account, { arrangementEvents }: History, arrangementId: string): void {
  const held = account.held.get(arrangementId) ?? []
  const cuts = arrangementEvents
    .filter(({ id, type }) => id === arrangementId && endings.includes(type))
    .map(({ data }) => addDays(arrangementEnded.data.parse(data).lastDay, 1))
  const cut = cuts.find((day) => held.some(({ period }) => period.to > day)) ?? cuts.at(-1) ?? ''
  const kept = held
    .filter(({ period }) => period.from < cut)
    .map((hold) => ({ ...hold, period: { ...hold.period, to: hold.period.to < cut ? hold.period.to : cut } }))
  account.held.set(arrangementId, kept)
}

function overheld(account: Account): string[] {
  if (!account.open) return []
  const offered = offeredByWeek(account)
  return [...byWeek([...account.held.values()].flat())]
    .filter(([week, hours]) => hours > (offered.get(week) ?? 0))
    .map(([week, hours]) => `in the week of ${week} ${hours} hours are held of ${offered.get(week) ?? 0}`)
}

/** What is told to be left. The hours of one that is not open are known again when it opens. */
function untrue(account: Account, told: readonly WeeklyHours[]): string[] {
  if (!account.open) return []
  return [...leftByWeek(account)]
    .map(([week, left]) => ({
      week,
      left,
      told: told.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek),
    }))
    .filter(({ left, told }) => told?.hoursPerWeek !== left)
    .map(({ week, left, told }) => `in the week of ${week} ${left} hours are left, but ${told?.hoursPerWeek} were told`)
}

function differences(account: Account, ledger: readonly HoldRow[]): string[] {
  const line = (arrangementId: string, { requestId, period, hoursPerWeek }: Held) =>
    `${arrangementId} ${requestId} ${period.from}–${period.to} ${hoursPerWeek}`
  const told = [...account.held].flatMap(([id, holds]) => holds.map((hold) => line(id, hold)))
  const kept = ledger.map((hold) => line(hold.arrangementId, hold))
  return [
    ...told.filter((hold) => !kept.includes(hold)).map((hold) => `told but not held: ${hold}`),
    ...kept.filter((hold) => !told.includes(hold)).map((hold) => `held but not told: ${hold}`),
  ]
}

/** Hours others may hold, week by week: where two stretches meet in a week, the smaller counts. */
function offeredByWeek({ segments, floor }: Account): Map<string, number> {
  const offered = new Map<string, number>()
  for (const { period, hoursPerWeek } of segments)
    for (const week of workingWeeks(period))
      offered.set(week, Math.min(offered.get(week) ?? Infinity, Math.max(0, hoursPerWeek - floor)))
  return offered
}

function leftByWeek(account: Account): Map<string, number> {
  const held = byWeek([...account.held.values()].flat())
  return new Map([...offeredByWeek(account)].map(([week, hours]) => [week, Math.max(0, hours - (held.get(week) ?? 0))]))
}

function byWeek(holds: readonly Held[]): Map<string, number> {
  const hours = new Map<string, number>()
  for (const { period, hoursPerWeek } of holds)
    for (const week of workingWeeks(period)) hours.set(week, (hours.get(week) ?? 0) + hoursPerWeek)
  return hours
}

const dayMilliseconds = 86_400_000
/** Few periods come again and again. */
const weeksOf = new Map<string, ReadonlySet<string>>()

/** The Mondays of the weeks of which a weekday lies in the period, day by day. */
function workingWeeks({ from, to }: Period): ReadonlySet<string> {
  const known = weeksOf.get(`${from} ${to}`)
  if (known) return known
  const mondays = new Set<string>()
  for (let day = Date.parse(from); day < Date.parse(to); day += dayMilliseconds) {
    const sinceMonday = (new Date(day).getUTCDay() + 6) % 7
    if (sinceMonday < 5) mondays.add(new Date(day - sinceMonday * dayMilliseconds).toISOString().slice(0, 10))
  }
  weeksOf.set(`${from} ${to}`, mondays)
  return mondays
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
