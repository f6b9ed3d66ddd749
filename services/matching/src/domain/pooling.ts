import type { RequestFacts, WeeklyHours } from '@samkraft/contracts/marketplace'
import type { PoolMisfit } from '@samkraft/contracts/matching'
import { addDays, mondayOf, overlap, type Period } from '@samkraft/kernel'
import { type Circuit, shortestCircuit } from './circuit.ts'
import { type Asked, type Balance, daysAsked, distanceKm, mostHours, type Position } from './parties.ts'
import type { Relations } from './relation.ts'
import { rules } from './rules.ts'
import { weekNamed, weekNumber } from './share.ts'

const table = rules.pooling

/** A request that may be pooled with others. */
export type Poolable = Asked

/** Requests seen as one. */
export type Pool<Member extends Poolable = Poolable> = Together &
  Readonly<{
    members: readonly Member[]
    /** The round trip through where the members' requests are; null when a position is unknown. */
    circuit: Circuit | null
  }>

/** What some requests ask for together. */
type Together = Readonly<{
  /** The days that all of them ask for; null when there are none. */
  period: Period | null
  /** What they ask for together in those days, and the most in any week. */
  left: readonly WeeklyHours[]
  hoursPerWeek: number
}>

/** The competence a request is pooled by: its first. */
export function pooledBy({ facts }: Poolable): string {
  return facts.requiredCompetences[0] ?? ''
}

/** Whether one who can do the one can do the other: the same competence, or one within the other. */
export function areAlike(one: string, other: string, relations: Relations): boolean {
  const alike: ReadonlySet<string> = new Set(table.relations)
  return [relations.between(one, other), relations.between(other, one)].some(({ relation }) => alike.has(relation))
}

/** The competences that are alike one. */
export function alikeTo(one: string, relations: Relations): string[] {
  const related = new Set([...relations.offeredFor(one), ...relations.askedFor(one)])
  return [...related].filter((other) => areAlike(one, other, relations))
}

/** What some requests come to when they are seen as one, from a week on. */
export function poolOf<Member extends Poolable>(members: readonly Member[], fromWeek: string): Pool<Member> {
  const circuit = members.length === 0 ? null : shortestCircuit(members.map(({ position }) => position))
  return { ...togetherOf(members, fromWeek), members, circuit }
}

function togetherOf(members: readonly Poolable[], fromWeek: string): Together {
  const period = commonDays(members, fromWeek)
  const left = period ? summed(members, period) : []
  return { period, left, hoursPerWeek: left.reduce((most, { hoursPerWeek }) => Math.max(most, hoursPerWeek), 0) }
}

/** The weeks in which all of a pool ask for hours, within some days. */
export function weeksTogether({ left }: Pick<Pool, 'left'>, within: Period): Period[] {
  return left.flatMap(({ fromWeek, toWeek }) => overlap({ from: fromWeek, to: toWeek }, within) ?? [])
}

/** The most hours a request asks for in any of these weeks. */
export function hoursAsked({ facts }: Poolable, weeks: readonly Period[]): number {
  return mostHours(
    facts.left.filter(({ fromWeek, toWeek }) => weeks.some((week) => overlap({ from: fromWeek, to: toWeek }, week))),
  )
}

/** Why a request cannot be part of a pool, or null when it can. The pool's own members are taken as they are. */
export function misfitIn(
  pool: Readonly<{ competence: string; members: readonly Poolable[] }>,
  request: Poolable,
  { relations, fromWeek }: Readonly<{ relations: Relations; fromWeek: string }>,
): PoolMisfit | null {
  if (!areAlike(pool.competence, pooledBy(request), relations)) return 'other_competence'
  if (pool.members.some(({ organisationId }) => organisationId === request.organisationId)) return 'same_organisation'
  if (pool.members.length >= table.mostMembers) return 'full'
  const together = togetherOf([...pool.members, request], fromWeek)
  return weeksIn(together.left) < table.leastWeeks ? 'other_period' : null
}

/**
 * Which requests would together fill a share that is worth offering, each in one group at most. From the first request on
 * (the order given is the order of precedence) the nearest that fits is added as long as the hours stay within a post and the
 * days in common are enough; a group with too few hours is none. All requests belong to one county. One after another, for
 * whoever needs the first alone.
 */
export function* suggestPools<Member extends Poolable>(
  requests: readonly Member[],
  market: Readonly<{ relations: Relations; fromWeek: string }>,
): Generator<Pool<Member>> {
  const waiting = new Set(requests)
  for (const seed of requests) {
    if (!waiting.has(seed)) continue
    const pool = grow(seed, [...waiting], market)
    if (!pool) continue
    for (const member of pool.members) waiting.delete(member)
    yield pool
  }
}

function grow<Member extends Poolable>(
  seed: Member,
  others: readonly Member[],
  market: Readonly<{ relations: Relations; fromWeek: string }>,
): Pool<Member> | null {
  const competence = pooledBy(seed)
  const near = others
    .filter((other) => other !== seed && areAlike(competence, pooledBy(other), market.relations))
    .map((other) => ({ other, km: away(seed, other) }))
    .sort((a, b) => a.km - b.km)
  let members = [seed]
  for (const { other } of near) {
    if (misfitIn({ competence, members }, other, market)) continue
    if (togetherOf([...members, other], market.fromWeek).hoursPerWeek > table.mostHours) continue
    members = [...members, other]
  }
  if (members.length < 2) return null
  const pool = poolOf(members, market.fromWeek)
  return pool.hoursPerWeek >= table.leastHours ? pool : null
}

function away(from: Poolable, to: Poolable): number {
  return distanceKm(from.position, to.position) ?? Infinity
}

/** The days that all ask for, from a week on. */
function commonDays(members: readonly Poolable[], fromWeek: string): Period | null {
  if (members.length === 0) return null
  return members.reduce<Period | null>(
    (common, { facts }) => {
      const asked = daysAsked(facts)
      return common && asked && overlap(common, asked)
    },
    { from: fromWeek, to: '9999-12-31' },
  )
}

/** The members' hours added up, in the weeks of a period in which all of them ask for some. */
function summed(members: readonly Poolable[], { from, to }: Period): WeeklyHours[] {
  const [first, end] = [weekNumber(mondayOf(from)), weekNumber(mondayOf(addDays(to, -1))) + 1]
  const asked = members.map(({ facts }) =>
    facts.left.map(({ fromWeek, toWeek, hoursPerWeek }) => ({
      from: weekNumber(fromWeek),
      to: weekNumber(toWeek),
      hours: hoursPerWeek,
    })),
  )
  const left: { from: number; to: number; hoursPerWeek: number }[] = []
  for (let week = first; week < end; week += 1) {
    const each = asked.map((parts) =>
      parts.reduce((sum, part) => (part.from <= week && week < part.to ? sum + part.hours : sum), 0),
    )
    if (!each.every((hours) => hours > 0)) continue
    const hoursPerWeek = each.reduce((sum, hours) => sum + hours, 0)
    const last = left.at(-1)
    if (last?.to === week && last.hoursPerWeek === hoursPerWeek) last.to = week + 1
    else left.push({ from: week, to: week + 1, hoursPerWeek })
  }
  return left.map(({ from, to, hoursPerWeek }) => ({ fromWeek: weekNamed(from), toWeek: weekNamed(to), hoursPerWeek }))
}

function weeksIn(left: readonly WeeklyHours[]): number {
  return left.reduce((weeks, { fromWeek, toWeek }) => weeks + weekNumber(toWeek) - weekNumber(fromWeek), 0)
}

/**
 * A pool as one request, to be scored by the rules every request is scored by. It asks for all that its members require, in
 * the strictest sense any of them means it; population and balance are the average of its members; where it is, is their middle.
 */
export function asOne({ members, period, hoursPerWeek, left }: Pool): Asked {
  const all = members.map(({ facts }) => facts)
  const [first] = members
  if (!first) throw new Error('a pool has members')
  const limits = all.flatMap(({ highestOrePerHour }) => highestOrePerHour ?? [])
  const facts: RequestFacts = {
    ...first.facts,
    requiredCompetences: distinct(all.flatMap(({ requiredCompetences }) => requiredCompetences)),
    preferredCompetences: [],
    licenceRequired: all.some(({ licenceRequired }) => licenceRequired),
    periodFixed: all.some(({ periodFixed }) => periodFixed),
    place: placeOf(all),
    placeOrganisationId: null,
    focusAreas: distinct(all.flatMap(({ focusAreas }) => focusAreas)),
    languages: distinct(all.flatMap(({ languages }) => languages)),
    highestOrePerHour: limits.length > 0 ? Math.min(...limits) : null,
    // What serves fewer than two of them serves no pool.
    least: leastOfTwo(all),
    segments: period ? [{ period, hoursPerWeek }] : [],
    left: [...left],
  }
  return {
    organisationId: first.organisationId,
    position: middle(members.map(({ position }) => position)),
    population: averagePopulation(members),
    balance: averageBalance(members),
    facts,
  }
}

function placeOf(all: readonly RequestFacts[]): RequestFacts['place'] {
  const places = new Set(all.map(({ place }) => place))
  if (places.has('on_site')) return 'on_site'
  return places.has('hybrid') ? 'hybrid' : 'remote'
}

function leastOfTwo(all: readonly RequestFacts[]): number {
  const [one = 0, two = 0] = all.map(({ least }) => least).sort((a, b) => a - b)
  return one + two
}

function middle(positions: readonly Position[]): Position {
  const known = positions.filter((position) => position !== null)
  if (known.length === 0) return null
  return {
    latitude: average(known.map(({ latitude }) => latitude)),
    longitude: average(known.map(({ longitude }) => longitude)),
  }
}

function averagePopulation(members: readonly Poolable[]): number | null {
  const known = members.flatMap(({ population }) => population ?? [])
  return known.length > 0 ? Math.round(average(known)) : null
}

function averageBalance(members: readonly Poolable[]): Balance {
  return {
    given: average(members.map(({ balance }) => balance.given)),
    taken: average(members.map(({ balance }) => balance.taken)),
  }
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)]
}
