import { z } from 'zod'
import { CivilDate, HoursPerWeek, Id, PeriodInput, Version } from '../command.ts'
import { placeModes } from '../marketplace/events.ts'
import { cursorPage, PageInput } from '../page.ts'

/**
 * How scarce hours are shared out. Every plan is computed in all of them, so that they can be held against each other:
 * `most_help` as much well-matched help as possible · `balanced` between the two, as far as the coordinator says ·
 * `worst_off_first` the municipality with the smallest share of its need goes before all others.
 */
export const planPolicies = ['most_help', 'balanced', 'worst_off_first'] as const
export const PlanPolicy = z.enum(planPolicies)
export type PlanPolicy = z.infer<typeof PlanPolicy>

/** `stopped` was cut short: what it had found by then is there. `failed` says nothing and can be computed again. */
const planStates = ['waiting', 'computing', 'ready', 'stopped', 'failed'] as const
export type PlanState = (typeof planStates)[number]

/**
 * Why hours stay unmet, as the engine found it by trying. `excluded`: the coordinator has excluded what there is, or locked it at
 * fewer hours. `same_hours`: there would be more if an offer might give other hours in one term than in the next.
 * `rounded`: what making whole quarters of them took.
 */
const unmetReasons = [
  'no_offer',
  'excluded',
  'taken_by_others',
  'slice_too_small',
  'too_many_providers',
  'same_hours',
  'period',
  'rounded',
] as const
export type UnmetReason = (typeof unmetReasons)[number]

/** What the coordinator can do about it next. */
const nextSteps = [
  'pool',
  'ask_for_capacity',
  'release',
  'talk_about_slice',
  'allow_more_providers',
  'allow_other_hours',
  'move_period',
] as const
export type NextStep = (typeof nextSteps)[number]

/** Whether a row could become a proposal as things stand now, which may be other than when the plan was made. */
const planStandings = [
  'open',
  'proposed',
  'turned_down',
  'gone_by',
  'request_closed',
  'request_covered',
  'offer_closed',
  'offer_taken',
] as const
export type PlanStanding = (typeof planStandings)[number]

/** So many offers may share one request when the coordinator allows as many as can be. */
export const mostProvidersAllowed = 4

export const PlanSettings = z.object({
  /** For `balanced`: 0 is most help, 1 is worst off first. */
  fairness: z.number().min(0).max(1).default(0.5),
  /** Whether an offer may give a request other hours in one term than in the next. */
  mayDifferBetweenTerms: z.boolean().default(false),
  /** The most offers that may share one request. */
  mostProviders: z.int().min(1).max(mostProvidersAllowed).default(2),
})
export type PlanSettings = z.infer<typeof PlanSettings>

const pair = { requestId: Id, offerId: Id }
export const PlanPair = z.object(pair)
export type PlanPair = z.infer<typeof PlanPair>

/** This offer gives this request so many hours a week, whatever else is computed. */
export const PlanLock = z.object({ ...pair, hoursPerWeek: HoursPerWeek })
export type PlanLock = z.infer<typeof PlanLock>

const hours = z.number().min(0)
const fraction = z.number().min(0).max(1)

/** What came of one policy. Hours are totals over the weeks of the plan. */
export const PlanFigures = z.object({
  hoursAsked: hours,
  hoursGiven: hours,
  requests: z.int(),
  /** Requests that get all they asked for, and those that get some. */
  met: z.int(),
  partlyMet: z.int(),
  /** The organisation that gets the smallest share of what it asked for; null when nobody asks for anything. */
  worstOff: z.object({ organisationId: Id, coverage: fraction }).nullable(),
  /**
   * There and back once a day of eight hours that is worked on site, half of that where some is remote; on average over the weeks
   * in which anything is given.
   */
  kmPerWeek: hours,
  /** Of the hours that have an hourly price; öre excluding VAT. */
  ore: z.int().min(0),
  hoursWithoutPrice: hours,
  /** Score × hours. No plan of this market and policy can be better than `bound`; `gap` is what is left, as a share of it. */
  value: z.number().min(0),
  bound: z.number().min(0),
  gap: fraction,
  /** 0 when all give (or get) alike per inhabitant, towards 1 when one does it all. */
  giniGiven: fraction,
  giniReceived: fraction,
})
export type PlanFigures = z.infer<typeof PlanFigures>

export const PlanCoverage = z.object({ organisationId: Id, hoursAsked: hours, hoursGiven: hours })
export type PlanCoverage = z.infer<typeof PlanCoverage>

export const PlanAlternative = z.object({
  policy: PlanPolicy,
  figures: PlanFigures,
  /** Every organisation that asks, the smallest share first. */
  coverage: z.array(PlanCoverage),
})
export type PlanAlternative = z.infer<typeof PlanAlternative>

/** What the market looked like when the plan was made; kept with it. */
export const PlanMarketSummary = z.object({
  at: z.string(),
  fromWeek: CivilDate,
  requests: z.int(),
  offers: z.int(),
  pairs: z.int(),
  /** How many offers were considered for one request where not all could be; null when all were, as in plans from before this was kept. */
  offersPerRequest: z.int().nullable().default(null),
  hoursAsked: hours,
  hoursOffered: hours,
})
export type PlanMarketSummary = z.infer<typeof PlanMarketSummary>

const summary = {
  planId: Id,
  version: Version,
  name: z.string().nullable(),
  state: z.enum(planStates),
  createdAt: z.string(),
  settings: PlanSettings,
  basedOn: Id.nullable(),
  market: PlanMarketSummary,
  /** In the order of the policies; empty until the plan is there. */
  alternatives: z.array(PlanAlternative),
}

/** A pair that was decided by hand: its hours per week, or null where it is excluded. */
export const PlanDecision = z.object({
  ...pair,
  lenderId: Id,
  borrowerId: Id,
  competence: z.string(),
  hoursPerWeek: HoursPerWeek.nullable(),
})
export type PlanDecision = z.infer<typeof PlanDecision>

export const PlanView = z.object({
  ...summary,
  /** While it is computed: how much is done. */
  progress: fraction,
  /** What was decided by hand, locks first. */
  decided: z.array(PlanDecision),
})
export type PlanView = z.infer<typeof PlanView>

export const PlanListItem = z.object({
  ...summary,
  locks: z.int(),
  exclusions: z.int(),
})
export type PlanListItem = z.infer<typeof PlanListItem>

export const ListPlans = PageInput
/** Newest first. */
export const PlanList = cursorPage(PlanListItem)
export type PlanList = z.infer<typeof PlanList>

export const GetPlan = z.object({ planId: Id })
const InPlan = z.object({ planId: Id, policy: PlanPolicy })

export const PlanAssignment = z.object({
  ...pair,
  lenderId: Id,
  borrowerId: Id,
  /** The competence asked for. */
  competence: z.string(),
  place: z.enum(placeModes),
  period: PeriodInput,
  hoursPerWeek: z.number().positive(),
  /** Over the whole period. */
  hours,
  score: z.int().min(0).max(100),
  km: z.int().min(0).nullable(),
  locked: z.boolean(),
  standing: z.enum(planStandings),
  /** The arrangement of this pair: under way, or come to nothing since the plan was made. */
  arrangementId: Id.nullable(),
})
export type PlanAssignment = z.infer<typeof PlanAssignment>

/** By the name of whom it goes to, most hours first, or the best matches first. */
export const planOrders = ['borrower', 'hours', 'score'] as const
export const ListPlanAssignments = PageInput.extend(InPlan.shape).extend({
  borrowerId: Id.optional(),
  lenderId: Id.optional(),
  sort: z.enum(planOrders).default('borrower'),
})
export type ListPlanAssignments = z.infer<typeof ListPlanAssignments>
export const PlanAssignments = cursorPage(PlanAssignment)
export type PlanAssignments = z.infer<typeof PlanAssignments>

export const PlanUnmet = z.object({
  requestId: Id,
  borrowerId: Id,
  competence: z.string(),
  /** Not met, over the whole period, and of how many. */
  hours,
  hoursAsked: hours,
  reason: z.enum(unmetReasons),
  /** Null where nothing is to be done. */
  next: z.enum(nextSteps).nullable(),
})
export type PlanUnmet = z.infer<typeof PlanUnmet>

export const ListPlanUnmet = PageInput.extend(InPlan.shape).extend({ borrowerId: Id.optional() })
export type ListPlanUnmet = z.infer<typeof ListPlanUnmet>
/** Most hours first. */
export const PlanUnmets = cursorPage(PlanUnmet)
export type PlanUnmets = z.infer<typeof PlanUnmets>

/** Hours from one organisation to another over the whole plan. */
export const PlanFlow = z.object({ lenderId: Id, borrowerId: Id, hours, hoursPerWeek: hours })
export type PlanFlow = z.infer<typeof PlanFlow>
export const GetPlanFlows = InPlan
export const PlanFlows = z.object({ flows: z.array(PlanFlow) })
export type PlanFlows = z.infer<typeof PlanFlows>

/**
 * Why a request got what it got: every offer that could serve it and who has its hours instead, a page at a time. Of one
 * `offerId` only that one is told.
 */
export const ExplainPlan = PageInput.extend(InPlan.shape).extend({ requestId: Id, offerId: Id.optional() })
export type ExplainPlan = z.infer<typeof ExplainPlan>
export const PlanExplanation = z.object({
  requestId: Id,
  borrowerId: Id,
  competence: z.string(),
  hoursAsked: hours,
  hoursGiven: hours,
  /** Each reason with its hours, the most first; empty when all that was asked for is given. */
  unmet: z.array(z.object({ hours, reason: z.enum(unmetReasons), next: z.enum(nextSteps).nullable() })),
  /** Those that give it hours, then the best. */
  candidates: z.array(
    z.object({
      offerId: Id,
      lenderId: Id,
      score: z.int(),
      km: z.int().nullable(),
      /** Hours per week the offer could give this request if nobody else had any of it; the most in any term where they may differ. */
      couldGive: hours,
      /** Hours per week it could give in all weeks the two have in common: so many can be locked. */
      couldLock: hours,
      /** The offer is not divided into fewer hours per week, so fewer cannot be locked. */
      slice: hours,
      /** What it gives this request, and has left over in the weeks of the request (the least in any of them). */
      gives: hours,
      left: hours,
      excluded: z.boolean(),
      /** Who it serves instead, most hours first; at most five. */
      others: z.array(z.object({ requestId: Id, borrowerId: Id, hoursPerWeek: hours, score: z.int() })),
    }),
  ),
  next: z.string().nullable(),
})
export type PlanExplanation = z.infer<typeof PlanExplanation>

/** What is different from another plan, policy by policy: yesterday's, or the one before a change by hand. */
export const ComparePlans = InPlan.extend({ otherId: Id })
export type ComparePlans = z.infer<typeof ComparePlans>
export const PlanDifference = z.object({
  ...pair,
  lenderId: Id,
  borrowerId: Id,
  competence: z.string(),
  /** Hours per week, on average where they differ between terms; zero where the plan has no such row. */
  before: hours,
  after: hours,
  /** In how many weeks, of those that both plans are for. */
  weeksBefore: z.int(),
  weeksAfter: z.int(),
})
export type PlanDifference = z.infer<typeof PlanDifference>
export const PlanComparison = z.object({
  /** The other plan's figures; null when it has not been computed. */
  before: PlanFigures.nullable(),
  /** The largest in hours first; at most a hundred. */
  differences: z.array(PlanDifference),
  more: z.boolean(),
})
export type PlanComparison = z.infer<typeof PlanComparison>
