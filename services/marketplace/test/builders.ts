import { randomUUID } from 'node:crypto'
import type { OfferDetails, RequestDetails } from '@samkraft/contracts/marketplace'
import { periodThrough } from '@samkraft/kernel'
import type { Api } from './fixture.ts'

/** The spring term of 2027. */
export const spring = periodThrough('2027-01-11', '2027-06-11')

export function key(): { commandKey: string } {
  return { commandKey: randomUUID() }
}

/** 16 hours a week of a school psychologist in the spring of 2027. */
export function offerDetails(change: Partial<OfferDetails> = {}): OfferDetails {
  return {
    kind: 'competence',
    title: null,
    description: null,
    level: 'any',
    mainCompetence: 'skolpsykolog',
    otherCompetences: [],
    licence: 'documented',
    segments: [{ period: spring, hoursPerWeek: 16 }],
    totalHours: null,
    slice: 4,
    place: 'hybrid',
    placeMunicipality: null,
    travelKm: 60,
    focusAreas: [],
    languages: [],
    costModel: 'actual_hours',
    orePerHour: 62_500,
    costBasis: null,
    conditions: null,
    confirmedUntil: null,
    openUntil: null,
    reserveFloor: 0,
    noticeWeeks: 4,
    recallClause: null,
    ...change,
  }
}

/** 8 hours a week of a school psychologist in the spring of 2027, at least 4. */
export function requestDetails(change: Partial<RequestDetails> = {}): RequestDetails {
  return {
    title: null,
    description: null,
    level: 'any',
    requiredCompetences: ['skolpsykolog'],
    preferredCompetences: [],
    licenceRequired: true,
    segments: [{ period: spring, hoursPerWeek: 8 }],
    totalHours: null,
    least: 4,
    periodFixed: false,
    place: 'on_site',
    placeMunicipality: null,
    cause: 'vacancy',
    ifNobodyHelps: null,
    planLink: null,
    focusAreas: [],
    languages: [],
    highestOrePerHour: null,
    openUntil: null,
    ...change,
  }
}

export function publishedOffer(api: Api, change: Parameters<typeof offerDetails>[0] = {}) {
  return api.offer.publish({ ...key(), details: offerDetails(change) })
}

export function publishedRequest(api: Api, change: Parameters<typeof requestDetails>[0] = {}) {
  return api.request.publish({ ...key(), details: requestDetails(change) })
}
