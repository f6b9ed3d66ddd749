import { readFileSync } from 'node:fs'
import type { OfferFacts, RequestFacts } from '@samkraft/contracts/marketplace'
import { type Period, weeksOf, addDays } from '@samkraft/kernel'
import type { Asked, Market, Offered } from '../src/domain/parties.ts'
import { readRelations } from '../src/domain/relation.ts'

export const relations = readRelations(
  readFileSync(new URL('../data/competence-relations.csv', import.meta.url), 'utf8'),
)

/** The market seen before the spring term of 2027 starts. */
export const market: Market = { relations, fromWeek: '2026-11-23' }

/** 2027-01-11 – 2027-06-11, weeks 2–23. */
export const springTerm: Period = { from: '2027-01-11', to: '2027-06-12' }

/** Made-up but fixed ids, so that what a test prints can be read. */
export function id(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

/** An organisation as far as matching knows it. */
export type Owner = Omit<Asked, 'facts' | 'balance'>

export const vasteras: Owner = {
  organisationId: id(1980),
  position: { latitude: 59.6111, longitude: 16.54637 },
  population: 161_240,
}
export const norberg: Owner = {
  organisationId: id(1962),
  position: { latitude: 60.06175, longitude: 15.95491 },
  population: 5_351,
}
export const kungsor: Owner = {
  organisationId: id(1960),
  position: { latitude: 59.41397, longitude: 16.08775 },
  population: 8_550,
}

/** Region Västmanland, which coordinates the county and is no municipality. */
export const region: Owner = { organisationId: id(19), position: vasteras.position, population: null }

/** The weeks of a period with the same hours in each, as the ledger says it. */
export function weekly(period: Period, hoursPerWeek: number) {
  const weeks = weeksOf(period)
  const last = weeks.at(-1)
  return weeks[0] && last ? [{ fromWeek: weeks[0], toWeek: addDays(last, 7), hoursPerWeek }] : []
}

export type OfferChange = Partial<OfferFacts> & { hoursPerWeek?: number; period?: Period }

/** What Västerås offers in the journey, unless told otherwise: 16 h of skolpsykolog in the spring term of 2027. */
export function offerFacts({ hoursPerWeek = 16, period = springTerm, ...facts }: OfferChange = {}): OfferFacts {
  return {
    offerId: id(1),
    version: 1,
    kind: 'competence',
    mainCompetence: 'skolpsykolog',
    otherCompetences: [],
    licence: 'documented',
    segments: [{ period, hoursPerWeek }],
    slice: 4,
    place: 'hybrid',
    travelKm: 60,
    focusAreas: ['elevhalsa'],
    languages: [],
    costModel: 'actual_hours',
    orePerHour: 65_000,
    confirmedUntil: '2027-01-15',
    left: weekly(period, hoursPerWeek),
    ...facts,
  }
}

export type RequestChange = Partial<RequestFacts> & { hoursPerWeek?: number; period?: Period }

/** What Norberg asks for in the journey, unless told otherwise: 8 h, least 4, on site. */
export function requestFacts({ hoursPerWeek = 8, period = springTerm, ...facts }: RequestChange = {}): RequestFacts {
  return {
    requestId: id(2),
    version: 1,
    requiredCompetences: ['skolpsykolog'],
    preferredCompetences: [],
    licenceRequired: true,
    segments: [{ period, hoursPerWeek }],
    least: 4,
    periodFixed: true,
    place: 'on_site',
    cause: 'vacancy',
    focusAreas: ['elevhalsa'],
    languages: [],
    highestOrePerHour: null,
    left: weekly(period, hoursPerWeek),
    ...facts,
  }
}

export function anOffered(change: OfferChange = {}, owner = vasteras): Offered {
  return { organisationId: owner.organisationId, position: owner.position, facts: offerFacts(change) }
}

export function anAsked(change: RequestChange = {}, owner: Owner = norberg): Asked {
  return { ...owner, balance: { given: 0, taken: 0 }, facts: requestFacts(change) }
}
