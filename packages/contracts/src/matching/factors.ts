import { z } from 'zod'
import { CivilDate, HoursPerWeek, Id, PeriodInput } from '../command.ts'
import { costModels, licenceStates, placeModes } from '../marketplace/events.ts'

/**
 * Why a match has the points it has. Everything here is a code or a number: the web turns it into sentences, in two languages.
 * Every factor has the same shape, told apart by `factor`:
 * `points` of `max` (whole points) · `outcome` · `evidence` (what was compared) · `missing` (what kept it from `max`, or null).
 */
export const factorCodes = [
  'competence',
  'extent',
  'period',
  'place',
  'cost',
  'language',
  'focus_area',
  'small_municipality',
  'give_take',
] as const
export type FactorCode = (typeof factorCodes)[number]

/** `hit` all points · `part` some · `miss` none. */
const outcomes = ['hit', 'part', 'miss'] as const
export type Outcome = (typeof outcomes)[number]

/**
 * How an offered competence stands to the one asked for, best first:
 * `exact` the same · `narrower` a speciality of what was asked · `broader` the wider profession ·
 * `substitutable` often does the other's work · `related` neighbours in skills or field · `none`.
 */
export const relations = ['exact', 'narrower', 'broader', 'substitutable', 'related', 'none'] as const

/** Where a relation is known from. */
export const RelationSource = z.discriminatedUnion('from', [
  z.object({ from: z.literal('same') }),
  /** Both lie in this SSYK 2012 group (three or four digits). */
  z.object({ from: z.literal('ssyk'), code: z.string() }),
  /** JobTech substitutability: 75 (high) or 25 (some). */
  z.object({ from: z.literal('substitutability'), percentage: z.union([z.literal(75), z.literal(25)]) }),
  /** This many skills in common in the JobTech taxonomy. */
  z.object({ from: z.literal('skills'), shared: z.int() }),
  /** Judged by people who know the trades, and why; matches from before reasons were kept have none. */
  z.object({ from: z.literal('judgement'), reason: z.object({ sv: z.string(), en: z.string() }).optional() }),
  /** Nothing connects them. */
  z.object({ from: z.literal('nothing') }),
])
export type RelationSource = z.infer<typeof RelationSource>

/** One competence asked for and the best the offer has for it; `offered` is null when the relation is `none`. */
export const CompetenceFit = z.object({
  asked: z.string(),
  offered: z.string().nullable(),
  relation: z.enum(relations),
  source: RelationSource,
})
export type CompetenceFit = z.infer<typeof CompetenceFit>

/** Mondays, half-open, like the ledger: a stretch of weeks. */
export const WeekRange = z.object({ fromWeek: CivilDate, toWeek: CivilDate })
export type WeekRange = z.infer<typeof WeekRange>

const scored = { points: z.int().min(0), max: z.int().positive(), outcome: z.enum(outcomes) }

export const CompetenceFactor = z.object({
  factor: z.literal('competence'),
  ...scored,
  evidence: z.object({
    required: z.array(CompetenceFit),
    preferred: z.array(CompetenceFit),
    licence: z.object({ required: z.boolean(), state: z.enum(licenceStates) }),
  }),
  missing: z
    .object({
      /** Asked for, and not offered exactly. */
      competences: z.array(z.string()),
      /** `none` or `claimed` where a licence is required; null when the licence is not what is missing. */
      licence: z.enum(['none', 'claimed']).nullable(),
    })
    .nullable(),
})

export const ExtentFactor = z.object({
  factor: z.literal('extent'),
  ...scored,
  evidence: z.object({
    /** Hours per week this offer can give the request; less than `least` or `slice` in a near miss. */
    hoursPerWeek: z.number().min(0),
    /** Hours per week still asked for (the most in any week). */
    asked: z.number().min(0),
    /** The least that helps the request. */
    least: HoursPerWeek,
    /** The smallest slice the offer is divided into. */
    slice: HoursPerWeek,
  }),
  missing: z
    .object({
      /** `fewer` hours than asked, but they help · `below_least` too few to help · `below_slice` less than the offer is divided into. */
      reason: z.enum(['fewer', 'below_least', 'below_slice']),
      /** Hours per week that are lacking, to all that is asked, to the least that helps, or to the slice. */
      hoursPerWeek: z.number().positive(),
    })
    .nullable(),
})

export const PeriodFactor = z.object({
  factor: z.literal('period'),
  ...scored,
  evidence: z.object({
    /** Weeks in which the hours of `extent` can be given, of the weeks that still need someone. */
    weeks: z.int().min(0),
    askedWeeks: z.int().min(0),
    /** The days the match covers; null when no week has enough hours. */
    covered: PeriodInput.nullable(),
    asked: PeriodInput,
    /** Whether the request's dates are fixed; weeks missed weigh half when they may move. */
    fixed: z.boolean(),
  }),
  missing: z
    .object({
      weeks: z.int().positive(),
      /** Which weeks, in order. The first stretch starts with the request: "only from week 9". */
      ranges: z.array(WeekRange),
    })
    .nullable(),
})

/** How many the figures are the average of, where several requests are seen as one; not there for a single one. */
const averageOf = z.int().min(2).optional()

export const PlaceFactor = z.object({
  factor: z.literal('place'),
  ...scored,
  evidence: z.object({
    asked: z.enum(placeModes),
    offered: z.enum(placeModes),
    /** As the crow flies from where the offer sets out to where the request is, seat to seat, whole kilometres; null when a position is unknown. */
    km: z.int().min(0).nullable(),
    /**
     * The organisations whose seats those are, told where either side is in another place than its owner's. Not in matches from
     * before that counted, nor where the request is a pool.
     */
    between: z.object({ from: Id, to: Id }).optional(),
    /** How far the offer travels one way; null when it is only remote. */
    travelKm: z.int().min(0).nullable(),
    /** How many share the round trip that `km` is half of one's part of; with `beyond_travel` it is the way to the farthest of them. */
    averageOf,
  }),
  missing: z
    .object({
      /**
       * `far` within reach, but the journey takes time · `beyond_travel` farther than the offer travels ·
       * `only_remote` someone is needed on site · `only_on_site` remote was asked for · `distance_unknown`.
       */
      reason: z.enum(['far', 'beyond_travel', 'only_remote', 'only_on_site', 'distance_unknown']),
    })
    .nullable(),
})

export const CostFactor = z.object({
  factor: z.literal('cost'),
  ...scored,
  evidence: z.object({
    model: z.enum(costModels),
    /** Öre per hour excluding VAT; null when the model has no hourly price. */
    orePerHour: z.int().min(0).nullable(),
    /** Null when the request sets no limit. */
    highestOrePerHour: z.int().min(0).nullable(),
  }),
  missing: z
    .discriminatedUnion('reason', [
      z.object({ reason: z.literal('above'), ore: z.int().positive() }),
      /** A limit is set, but the offer has no hourly price to hold against it. */
      z.object({ reason: z.literal('not_said') }),
    ])
    .nullable(),
})

export const LanguageFactor = z.object({
  factor: z.literal('language'),
  ...scored,
  /** ISO 639-1 codes beside Swedish. `met` are those asked for that the offer has. */
  evidence: z.object({ asked: z.array(z.string()), met: z.array(z.string()) }),
  missing: z.object({ languages: z.array(z.string()).min(1) }).nullable(),
})

export const FocusAreaFactor = z.object({
  factor: z.literal('focus_area'),
  ...scored,
  evidence: z.object({ asked: z.array(z.string()), shared: z.array(z.string()) }),
  /** Asked for, and none of them shared. */
  missing: z.object({ focusAreas: z.array(z.string()).min(1) }).nullable(),
})

export const SmallMunicipalityFactor = z.object({
  factor: z.literal('small_municipality'),
  ...scored,
  evidence: z.object({
    /** Inhabitants of the municipality that asks; null when it is not a municipality. */
    population: z.int().min(0).nullable(),
    /** The largest population that still gives these points; null when none are given. */
    atMost: z.int().positive().nullable(),
    averageOf,
  }),
  /** Nothing anyone can change, so never said to be missing. */
  missing: z.null(),
})

export const GiveTakeFactor = z.object({
  factor: z.literal('give_take'),
  ...scored,
  /** Hours the asking organisation has given and taken in approved arrangements, and the hours anyone may take before it counts. */
  evidence: z.object({ given: z.number().min(0), taken: z.number().min(0), free: z.number().min(0), averageOf }),
  /** Hours to give until all points are there. */
  missing: z.object({ hours: z.number().positive() }).nullable(),
})

export const MatchFactor = z.discriminatedUnion('factor', [
  CompetenceFactor,
  ExtentFactor,
  PeriodFactor,
  PlaceFactor,
  CostFactor,
  LanguageFactor,
  FocusAreaFactor,
  SmallMunicipalityFactor,
  GiveTakeFactor,
])
export type MatchFactor = z.infer<typeof MatchFactor>

const gain = {
  /** Points the whole match would gain: the match computed again with just this changed. */
  points: z.int().positive(),
}

/** What would make a match better, and by how much. Who could do it is in the name: `offer_…` the lender, `request_…` the borrower. */
export const Improvement = z.discriminatedUnion('code', [
  /** "4 h more per week from March": as many hours more as the request lacks, in these weeks. */
  z.object({ code: z.literal('offer_more_hours'), ...gain, hoursPerWeek: z.number().positive(), weeks: WeekRange }),
  /** Hours also in the weeks that are not covered. */
  z.object({ code: z.literal('offer_more_weeks'), ...gain, weeks: z.int().positive(), ranges: z.array(WeekRange) }),
  /** Divide the offer into slices of this many hours. */
  z.object({ code: z.literal('offer_smaller_slice'), ...gain, hoursPerWeek: z.number().positive() }),
  /** Travel this far, one way. */
  z.object({ code: z.literal('offer_travel_farther'), ...gain, km: z.int().positive() }),
  /** Do it at a distance: the request asks for someone on site, the offer could work remotely. */
  z.object({ code: z.literal('request_accept_remote'), ...gain }),
  /** Offer remote work: the request accepts it. */
  z.object({ code: z.literal('offer_remote'), ...gain }),
  /** Document the licence. */
  z.object({ code: z.literal('offer_document_licence'), ...gain }),
  /** A price this low. */
  z.object({ code: z.literal('offer_lower_price'), ...gain, orePerHour: z.int().min(0) }),
  /** Let the dates move. */
  z.object({ code: z.literal('request_flexible_period'), ...gain }),
  /** Accept this little: fewer hours than the least that helps today. */
  z.object({ code: z.literal('request_lower_least'), ...gain, hoursPerWeek: z.number().positive() }),
])
export type Improvement = z.infer<typeof Improvement>
