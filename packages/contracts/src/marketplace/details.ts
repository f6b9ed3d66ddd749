import { daysIn, isDate, isHours, overlap, weeksOf } from '@samkraft/kernel'
import { z } from 'zod'
import { CivilDate, HoursPerWeek, PeriodInput } from '../command.ts'
import { freeText, oneLine, publicText } from '../text.ts'
import { costModels, licenceStates, offerKinds, placeModes, requestCauses } from './events.ts'
import { CompetenceSlug, FocusArea } from './vocabulary.ts'

/** How practised one must be; `any` when the competence itself says enough. */
export const levels = ['any', 'experienced', 'specialist', 'lead'] as const

/** Days an offer is taken at its word when its owner says no other date; one that begins later, until it does. */
export const confirmedDays = 90

const longestSegmentDays = 3 * 366

const Text = publicText(freeText(4_000)).nullable().default(null)
const Line = publicText(oneLine(120)).nullable().default(null)
const Competences = z.array(CompetenceSlug).max(10)
const MunicipalityCode = z.string().regex(/^\d{4}$/)
const Language = z.string().regex(/^[a-z]{2}$/)
const OrePerHour = z.int().min(0).max(1_000_000)

const DatedSegment = z.object({
  period: PeriodInput.refine(({ from, to }) => from >= '2020-01-01' && to <= '2100-01-01', {
    error: 'date.out_of_reach',
    path: ['from'],
  })
    .refine((period) => daysIn(period) <= longestSegmentDays, { error: 'period.too_long', path: ['to'] })
    .refine((period) => weeksOf(period).length > 0, { error: 'period.no_weekday', path: ['to'] }),
  hoursPerWeek: HoursPerWeek,
})

const Segments = z
  .array(DatedSegment)
  .max(12)
  .superRefine((segments, context) => {
    segments.forEach(({ period }, index) => {
      const before = segments[index - 1]
      if (!before) return
      const shared = overlap(before.period, period)
      if (shared) context.addIssue({ code: 'custom', message: 'segments.overlap', path: [index, 'period', 'from'] })
      else if (before.period.from > period.from) {
        context.addIssue({ code: 'custom', message: 'segments.not_in_order', path: [index, 'period', 'from'] })
      }
    })
  })

/** What an offer and a request say alike. */
const common = {
  /** The owner's own heading; null shows one made of competence and hours. */
  title: Line,
  description: Text,
  level: z.enum(levels).default('any'),
  /** The stretches in order, not overlapping. */
  segments: Segments,
  /** The whole assignment in hours, when that is what is meant; the segment then spreads them evenly over its weeks. */
  totalHours: z
    .number()
    .positive()
    .max(100_000)
    .refine(isHours, { error: 'hours.not_quarters' })
    .nullable()
    .default(null),
  place: z.enum(placeModes),
  /** Where, as a municipality code; null means in the own municipality. */
  placeMunicipality: MunicipalityCode.nullable().default(null),
  focusAreas: z.array(FocusArea).max(12).default([]),
  languages: z.array(Language).max(20).default([]),
  /** The last day it is open for proposals; null leaves it open until its period is over. */
  openUntil: CivilDate.nullable().default(null),
}

const OfferFields = z.object({
  ...common,
  kind: z.enum(offerKinds),
  mainCompetence: CompetenceSlug,
  otherCompetences: Competences.default([]),
  /** Always said: one that nobody thought of would be taken for lacking where it is required. */
  licence: z.enum(licenceStates),
  /** Smallest useful slice, hours per week; null only for material without hours. */
  slice: HoursPerWeek.nullable().default(null),
  travelKm: z.int().min(0).max(2_000).nullable().default(null),
  costModel: z.enum(costModels),
  orePerHour: OrePerHour.nullable().default(null),
  /** What the cost model means in words: what is included, travel, indexation. */
  costBasis: Text,
  conditions: Text,
  /** The last day the owner stands by the offer unless it is confirmed anew; null means in `confirmedDays`, or when its period begins if that is later. */
  confirmedUntil: CivilDate.nullable().default(null),
  /** Lender protection: hours per week that are never lent out. */
  reserveFloor: z.number().min(0).max(400).refine(isHours, { error: 'hours.not_quarters' }).default(0),
  /** Lender protection: weeks of notice before an arrangement may be ended. */
  noticeWeeks: z.int().min(0).max(52).default(0),
  /** Lender protection: when the lender may call the capacity home; null means never before the end. */
  recallClause: Text,
})

const RequestFields = z.object({
  ...common,
  requiredCompetences: Competences.min(1),
  preferredCompetences: Competences.default([]),
  licenceRequired: z.boolean().default(false),
  /** The least that helps, hours per week. */
  least: HoursPerWeek,
  /** Whether the dates may move. */
  periodFixed: z.boolean().default(false),
  cause: z.enum(requestCauses),
  /** Vulnerability: what happens if nobody helps. */
  ifNobodyHelps: Text,
  /** Where the own quality-work plan says this is needed. */
  planLink: z
    .url({ protocol: /^https?$/, error: 'link.invalid' })
    .max(500)
    .nullable()
    .default(null),
  highestOrePerHour: OrePerHour.nullable().default(null),
})

type Report = (path: string, code: string) => void

function most(segments: readonly { hoursPerWeek: number }[]): number {
  return Math.max(0, ...segments.map(({ hoursPerWeek }) => hoursPerWeek))
}

/** Hours per week in quarters that spread `totalHours` evenly over the weeks of a period, rounded up. */
export function spreadHours(totalHours: number, period: { from: string; to: string }): number {
  return Math.ceil((totalHours / Math.max(1, weeksOf(period).length)) * 4) / 4
}

function checkAlike(
  details: Pick<z.infer<typeof OfferFields>, 'segments' | 'totalHours' | 'openUntil'>,
  report: Report,
): void {
  const { segments, totalHours, openUntil } = details
  const [first] = segments
  if (
    totalHours !== null &&
    first &&
    (segments.length > 1 || first.hoursPerWeek !== spreadHours(totalHours, first.period))
  ) {
    report('totalHours', 'hours.not_spread')
  }
  const last = segments.at(-1)
  if (openUntil && last && isDate(openUntil) && openUntil >= last.period.to) report('openUntil', 'open_until.after_end')
}

function checkOffer(details: z.infer<typeof OfferFields>, report: Report): void {
  const { kind, segments, slice, reserveFloor, place, travelKm, costModel, orePerHour, openUntil } = details
  checkAlike(details, report)
  const withHours = segments.length > 0
  if (!withHours && kind !== 'material') report('segments', 'segments.required')
  if (!withHours && kind === 'material' && !openUntil) report('openUntil', 'open_until.required')
  if (withHours && slice === null) report('slice', 'slice.required')
  if (withHours && reserveFloor >= most(segments)) report('reserveFloor', 'reserve_floor.leaves_nothing')
  else if (slice !== null && slice > most(segments) - reserveFloor) report('slice', 'slice.more_than_offered')
  if (place !== 'remote' && travelKm === null) report('travelKm', 'travel.required')
  if (place === 'remote' && travelKm !== null) report('travelKm', 'travel.only_remote')
  if (costModel === 'actual_hours' && orePerHour === null) report('orePerHour', 'cost.required')
  if (costModel === 'none' && orePerHour !== null) report('orePerHour', 'cost.free')
  if (details.otherCompetences.includes(details.mainCompetence)) report('otherCompetences', 'competence.repeated')
}

function checkRequest(details: z.infer<typeof RequestFields>, report: Report): void {
  checkAlike(details, report)
  if (details.segments.length === 0) report('segments', 'segments.required')
  else if (details.least > most(details.segments)) report('least', 'least.more_than_asked')
  const required = new Set(details.requiredCompetences)
  if (details.preferredCompetences.some((slug) => required.has(slug)))
    report('preferredCompetences', 'competence.repeated')
}

/** The dates of something that is or may be published, as far as they have been said. */
export type Dates = Readonly<{
  segments?:
    readonly Readonly<{ period?: Readonly<{ to?: string | null | undefined }> | null | undefined }>[] | null | undefined
  openUntil?: string | null | undefined
  confirmedUntil?: string | null | undefined
}>

/**
 * What is wrong with the dates on this day, by field: nothing may be published that is already over. Whoever changes something else of
 * what they no longer stand by (`before`) leaves that as it is.
 */
export function dateProblems(
  { segments, openUntil, confirmedUntil }: Dates,
  before: Dates | null,
  today: string,
): Record<string, string> {
  const problems: Record<string, string> = {}
  const end = segments?.at(-1)?.period?.to
  if (segments && end && end <= today) problems[`segments.${segments.length - 1}.period.to`] = 'period.over'
  if (openUntil && openUntil < today) problems['openUntil'] = 'open_until.past'
  if (confirmedUntil && confirmedUntil < today && confirmedUntil !== before?.confirmedUntil)
    problems['confirmedUntil'] = 'confirmed_until.past'
  return problems
}

/** All an offer says, fit to be published. It describes a function, never a person. Every refusal names its field and a code. */
export const OfferDetails = OfferFields.superRefine((details, context) =>
  checkOffer(details, (path, message) => context.addIssue({ code: 'custom', path: [path], message })),
)
export type OfferDetails = z.infer<typeof OfferDetails>

/** All a request says, fit to be published. */
export const RequestDetails = RequestFields.superRefine((details, context) =>
  checkRequest(details, (path, message) => context.addIssue({ code: 'custom', path: [path], message })),
)
export type RequestDetails = z.infer<typeof RequestDetails>
