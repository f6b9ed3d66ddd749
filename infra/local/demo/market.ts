import type { OfferDetails, RequestDetails } from '@samkraft/contracts/marketplace'
import { lastDay, periodThrough } from '@samkraft/kernel'
import type { z } from 'zod'

/** The ten municipalities as their demo accounts spell them. */
export type Municipality =
  | 'arboga'
  | 'fagersta'
  | 'hallstahammar'
  | 'kungsor'
  | 'koping'
  | 'norberg'
  | 'sala'
  | 'skinnskatteberg'
  | 'surahammar'
  | 'vasteras'

/** Terms as the county's schools keep them, first and last school day. */
const terms = {
  spring: [['2027-01-11', '2027-06-11']],
  autumn: [['2027-08-16', '2027-12-17']],
  year: [
    ['2027-01-11', '2027-06-11'],
    ['2027-08-16', '2027-12-17'],
  ],
  /** Already running when the market opens. */
  running: [['2026-10-05', '2027-06-11']],
} as const
export type Term = keyof typeof terms

type Place = 'on_site' | 'remote' | 'hybrid'
type OfferRow = readonly [
  owner: Municipality,
  competence: string,
  kind: 'competence' | 'function' | 'staff_time',
  hours: number,
  slice: number,
  term: Term,
  place: Place,
  km: number | null,
  kronor: number,
]

/** The large offer more. One row an offer; kronor an hour excluding VAT. */
export const offerRows: readonly OfferRow[] = [
  ['vasteras', 'logoped', 'competence', 12, 4, 'spring', 'hybrid', 60, 640],
  ['vasteras', 'skoljurist', 'function', 20, 2, 'year', 'remote', null, 780],
  ['vasteras', 'dataskyddsombud', 'function', 24, 2, 'year', 'remote', null, 720],
  ['vasteras', 'synpedagog', 'competence', 8, 2, 'year', 'on_site', 90, 590],
  ['vasteras', 'horselpedagog', 'competence', 6, 2, 'spring', 'on_site', 90, 590],
  ['vasteras', 'dataanalytiker', 'function', 16, 4, 'year', 'remote', null, 650],
  ['vasteras', 'elevprognos', 'function', 8, 2, 'spring', 'remote', null, 650],
  ['vasteras', 'skolpsykolog', 'competence', 10, 4, 'autumn', 'hybrid', 50, 690],
  ['vasteras', 'modersmalslarare', 'staff_time', 20, 2, 'year', 'remote', null, 520],
  ['vasteras', 'kartlaggare-nyanlanda', 'staff_time', 8, 2, 'year', 'hybrid', 60, 540],
  ['vasteras', 'upphandlare', 'function', 12, 4, 'year', 'remote', null, 700],
  ['vasteras', 'integration-ss12000', 'function', 8, 4, 'spring', 'remote', null, 760],
  ['vasteras', 'skollakare', 'competence', 8, 2, 'running', 'on_site', 70, 1150],
  ['koping', 'specialpedagog', 'competence', 8, 4, 'spring', 'on_site', 40, 560],
  ['koping', 'syv', 'competence', 6, 2, 'year', 'hybrid', 40, 530],
  ['koping', 'yrkeslarare', 'staff_time', 10, 4, 'autumn', 'on_site', 30, 560],
  ['koping', 'controller', 'function', 8, 4, 'year', 'remote', null, 640],
  ['koping', 'logoped', 'competence', 6, 2, 'running', 'hybrid', 50, 630],
  ['koping', 'npf-handledare', 'competence', 6, 2, 'autumn', 'hybrid', 60, 580],
  ['sala', 'skolpsykolog', 'competence', 6, 2, 'spring', 'on_site', 50, 680],
  ['sala', 'naturbrukslarare', 'staff_time', 8, 4, 'year', 'on_site', 40, 560],
  ['sala', 'ikt-pedagog', 'function', 10, 2, 'spring', 'hybrid', 60, 550],
  ['sala', 'talpedagog', 'competence', 6, 2, 'year', 'on_site', 45, 570],
  ['sala', 'statsbidragssamordnare', 'function', 6, 2, 'year', 'remote', null, 600],
  ['hallstahammar', 'skolkurator', 'competence', 6, 2, 'spring', 'on_site', 30, 560],
  ['hallstahammar', 'kvalitetsutvecklare', 'function', 8, 2, 'year', 'hybrid', 40, 620],
  ['hallstahammar', 'larare-tyska', 'staff_time', 6, 2, 'autumn', 'on_site', 25, 540],
  ['hallstahammar', 'schemalaggare', 'function', 8, 4, 'spring', 'remote', null, 560],
  ['arboga', 'sfi-larare', 'staff_time', 8, 4, 'year', 'hybrid', 40, 530],
  ['arboga', 'specialpedagog', 'competence', 6, 2, 'autumn', 'on_site', 35, 560],
  ['arboga', 'skolskjutsplanerare', 'function', 6, 2, 'spring', 'remote', null, 520],
  ['fagersta', 'studiehandledare', 'staff_time', 12, 2, 'year', 'remote', null, 500],
  ['fagersta', 'arbetsterapeut-skola', 'competence', 6, 2, 'spring', 'on_site', 40, 600],
  ['fagersta', 'larare-teknik', 'staff_time', 6, 2, 'autumn', 'on_site', 25, 550],
  ['surahammar', 'narvarosamordnare', 'competence', 6, 2, 'spring', 'hybrid', 40, 560],
  ['surahammar', 'arkivarie', 'function', 6, 2, 'year', 'hybrid', 50, 540],
  ['kungsor', 'larare-slojd', 'staff_time', 6, 3, 'year', 'on_site', 25, 540],
  ['kungsor', 'registrator', 'function', 4, 2, 'spring', 'remote', null, 500],
  ['norberg', 'kulturskola', 'staff_time', 6, 2, 'year', 'on_site', 30, 520],
  ['skinnskatteberg', 'minoritetssprak', 'staff_time', 4, 2, 'year', 'remote', null, 530],
  // A post that is let go of by half at least: too much for any of those who ask for some hours of it.
  ['koping', 'skolbibliotekarie', 'function', 40, 16, 'spring', 'on_site', 90, 540],
]

type Cause = 'vacancy' | 'no_post' | 'single_person_dependency' | 'temporary_peak' | 'project'
type RequestRow = readonly [
  owner: Municipality,
  competence: string,
  hours: number,
  least: number,
  term: Term,
  place: Place,
  cause: Cause,
  consequence: string,
]

const waits = 'Utredningar väntar, och elever får stöd för sent.'
const alone = 'Funktionen står still när en enda person är borta.'
const none = 'Uppgiften görs inte alls, eller av någon som inte är utbildad för den.'
const teaching = 'Undervisningen får ställas in eller ges av obehörig lärare.'

/** The small ask more. One row a request. */
export const requestRows: readonly RequestRow[] = [
  ['skinnskatteberg', 'skolkurator', 6, 3, 'spring', 'on_site', 'vacancy', waits],
  ['skinnskatteberg', 'logoped', 4, 2, 'spring', 'hybrid', 'no_post', waits],
  ['skinnskatteberg', 'skoljurist', 2, 1, 'year', 'remote', 'no_post', none],
  ['skinnskatteberg', 'dataskyddsombud', 2, 1, 'year', 'remote', 'no_post', none],
  ['skinnskatteberg', 'skollakare', 2, 1, 'running', 'on_site', 'no_post', waits],
  ['skinnskatteberg', 'syv', 4, 2, 'year', 'hybrid', 'single_person_dependency', alone],
  ['skinnskatteberg', 'kvalitetsutvecklare', 4, 2, 'year', 'remote', 'no_post', none],
  ['skinnskatteberg', 'larare-tyska', 4, 3, 'autumn', 'on_site', 'vacancy', teaching],
  ['skinnskatteberg', 'controller', 4, 2, 'spring', 'remote', 'no_post', none],
  ['norberg', 'specialpedagog', 8, 4, 'spring', 'on_site', 'vacancy', waits],
  ['norberg', 'logoped', 4, 2, 'spring', 'on_site', 'no_post', waits],
  ['norberg', 'skoljurist', 2, 1, 'year', 'remote', 'no_post', none],
  ['norberg', 'dataskyddsombud', 2, 1, 'year', 'remote', 'no_post', none],
  ['norberg', 'syv', 6, 3, 'autumn', 'on_site', 'single_person_dependency', alone],
  ['norberg', 'modersmalslarare', 4, 2, 'year', 'remote', 'no_post', teaching],
  ['norberg', 'elevprognos', 2, 2, 'spring', 'remote', 'project', none],
  ['norberg', 'larare-teknik', 6, 4, 'autumn', 'on_site', 'vacancy', teaching],
  ['norberg', 'upphandlare', 3, 2, 'year', 'remote', 'no_post', none],
  ['kungsor', 'logoped', 4, 2, 'running', 'hybrid', 'vacancy', waits],
  ['kungsor', 'synpedagog', 2, 1, 'year', 'on_site', 'no_post', none],
  ['kungsor', 'skoljurist', 3, 1, 'year', 'remote', 'no_post', none],
  ['kungsor', 'ikt-pedagog', 6, 2, 'spring', 'hybrid', 'project', none],
  ['kungsor', 'studiehandledare', 4, 2, 'spring', 'remote', 'temporary_peak', teaching],
  ['kungsor', 'controller', 4, 4, 'autumn', 'remote', 'single_person_dependency', alone],
  ['kungsor', 'arbetsterapeut-skola', 3, 2, 'spring', 'on_site', 'no_post', waits],
  ['kungsor', 'namndsekreterare', 4, 2, 'spring', 'remote', 'temporary_peak', alone],
  ['surahammar', 'logoped', 4, 2, 'spring', 'on_site', 'vacancy', waits],
  ['surahammar', 'skoljurist', 2, 1, 'year', 'remote', 'no_post', none],
  ['surahammar', 'dataanalytiker', 4, 4, 'year', 'remote', 'no_post', none],
  ['surahammar', 'larare-slojd', 6, 3, 'spring', 'on_site', 'vacancy', teaching],
  ['surahammar', 'talpedagog', 3, 2, 'year', 'on_site', 'no_post', waits],
  ['surahammar', 'schemalaggare', 6, 4, 'spring', 'remote', 'temporary_peak', alone],
  ['surahammar', 'skolskoterska', 10, 5, 'spring', 'on_site', 'vacancy', waits],
  ['fagersta', 'specialpedagog', 8, 4, 'autumn', 'on_site', 'vacancy', waits],
  ['fagersta', 'horselpedagog', 2, 1, 'spring', 'on_site', 'no_post', none],
  ['fagersta', 'dataskyddsombud', 4, 2, 'year', 'remote', 'single_person_dependency', alone],
  ['fagersta', 'npf-handledare', 4, 2, 'autumn', 'hybrid', 'project', none],
  ['fagersta', 'sfi-larare', 8, 4, 'spring', 'hybrid', 'temporary_peak', teaching],
  ['fagersta', 'statsbidragssamordnare', 3, 2, 'year', 'remote', 'no_post', none],
  ['arboga', 'skolpsykolog', 10, 4, 'autumn', 'hybrid', 'vacancy', waits],
  ['arboga', 'skollakare', 4, 2, 'running', 'on_site', 'vacancy', waits],
  ['arboga', 'dataanalytiker', 6, 4, 'year', 'remote', 'no_post', none],
  ['arboga', 'narvarosamordnare', 4, 2, 'spring', 'hybrid', 'project', waits],
  ['arboga', 'yrkeslarare', 8, 4, 'autumn', 'on_site', 'vacancy', teaching],
  ['arboga', 'arkivarie', 4, 2, 'spring', 'hybrid', 'temporary_peak', none],
  ['hallstahammar', 'skolpsykolog', 8, 4, 'autumn', 'hybrid', 'vacancy', waits],
  ['hallstahammar', 'synpedagog', 2, 1, 'year', 'on_site', 'no_post', none],
  ['hallstahammar', 'upphandlare', 4, 2, 'year', 'remote', 'no_post', none],
  ['hallstahammar', 'integration-ss12000', 4, 4, 'spring', 'remote', 'project', none],
  ['hallstahammar', 'minoritetssprak', 4, 2, 'year', 'remote', 'no_post', teaching],
  ['koping', 'kartlaggare-nyanlanda', 4, 2, 'spring', 'hybrid', 'temporary_peak', waits],
  ['koping', 'skolskjutsplanerare', 6, 2, 'spring', 'remote', 'vacancy', alone],
  ['koping', 'larare-matematik', 10, 5, 'autumn', 'on_site', 'vacancy', teaching],
  ['koping', 'horselpedagog', 3, 1, 'spring', 'on_site', 'no_post', none],
  ['sala', 'skoljurist', 4, 2, 'year', 'remote', 'no_post', none],
  ['sala', 'modersmalslarare', 6, 2, 'year', 'remote', 'no_post', teaching],
  ['sala', 'verksamhetschef-elevhalsa', 8, 4, 'year', 'hybrid', 'vacancy', alone],
  ['sala', 'kulturskola', 4, 2, 'autumn', 'on_site', 'temporary_peak', teaching],
  ['vasteras', 'naturbrukslarare', 4, 4, 'autumn', 'on_site', 'vacancy', teaching],
  ['vasteras', 'tolk', 10, 4, 'year', 'hybrid', 'temporary_peak', none],
  ['norberg', 'skolbibliotekarie', 8, 4, 'spring', 'on_site', 'no_post', none],
  ['fagersta', 'skolbibliotekarie', 8, 4, 'spring', 'on_site', 'vacancy', none],
  ['skinnskatteberg', 'skolbibliotekarie', 8, 4, 'spring', 'on_site', 'no_post', none],
  ['arboga', 'skolbibliotekarie', 8, 4, 'spring', 'on_site', 'no_post', none],
  ['kungsor', 'skolbibliotekarie', 8, 4, 'spring', 'on_site', 'no_post', none],
  // Nobody offers it in both terms, but two do in one each.
  ['hallstahammar', 'specialpedagog', 6, 3, 'year', 'on_site', 'vacancy', waits],
  ['hallstahammar', 'skolskoterska', 8, 4, 'spring', 'on_site', 'single_person_dependency', waits],
]

function segments(term: Term, hoursPerWeek: number) {
  return terms[term].map(([first, last]) => ({ period: periodThrough(first, last), hoursPerWeek }))
}

/** The first stretch of a term: what an arrangement of the demo market is about. */
export function firstStretch(term: Term) {
  const [first, last] = terms[term][0]
  return periodThrough(first, last)
}

/** Competences that nobody may be without a licence for. */
const licensed = /^(skolpsykolog|skollakare|skolskoterska|logoped|arbetsterapeut|(special)?larare)/

export function offerDetails([, mainCompetence, kind, hours, slice, term, place, travelKm, kronor]: OfferRow): z.input<
  typeof OfferDetails
> {
  return {
    kind,
    mainCompetence,
    licence: licensed.test(mainCompetence) ? 'documented' : 'none',
    segments: segments(term, hours),
    slice,
    place,
    travelKm,
    costModel: 'actual_hours',
    orePerHour: kronor * 100,
    costBasis: 'Självkostnad: lön, arbetsgivaravgifter, semester och en del av det gemensamma. Resor ersätts för sig.',
    conditions: 'Den som tar emot hjälpen leder arbetet på plats. Anställningen ligger kvar hos oss.',
    noticeWeeks: 4,
    confirmedUntil: lastDay(firstStretch(term)),
  }
}

export function requestDetails([, competence, hours, least, term, place, cause, ifNobodyHelps]: RequestRow): z.input<
  typeof RequestDetails
> {
  return { requiredCompetences: [competence], segments: segments(term, hours), least, place, cause, ifNobodyHelps }
}
