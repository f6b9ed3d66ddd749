import { roles } from '@samkraft/kernel'
import { z } from 'zod'
import { AuditView } from '../audit.ts'
import { costModels, offerKinds, placeModes } from '../marketplace/events.ts'
import { cursorPage } from '../page.ts'
import { Share } from './events.ts'
import { arrangementStatuses, moveNames, moveObstacles, personMoves, sides } from './states.ts'

const Status = z.enum(arrangementStatuses)
const RoleCode = z.enum(roles)
/** ISO 8601 in UTC. */
const Instant = z.string()
/** A civil date, `YYYY-MM-DD`. */
const Day = z.string()
const PeriodView = z.object({ from: Day, to: Day })

export const OrganisationRef = z.object({ id: z.string(), name: z.string(), shortName: z.string() })
export type OrganisationRef = z.infer<typeof OrganisationRef>

/** What a command answers; the page then reads the whole. */
export const ArrangementReceipt = z.object({
  arrangementId: z.string(),
  reference: z.string(),
  status: Status,
  version: z.int(),
})
export type ArrangementReceipt = z.infer<typeof ArrangementReceipt>

/** Who holds it now: organisations and the roles that can act there, since when and until when (the last day to answer). */
export const HolderView = z.object({
  organisations: z.array(OrganisationRef),
  roles: z.array(RoleCode),
  since: Instant,
  /** Null when no deadline runs (the ledger answers by itself). */
  until: Day.nullable(),
  overdue: z.boolean(),
})
export type HolderView = z.infer<typeof HolderView>

/**
 * The first week in which an offer has fewer hours left than are asked for, and in how many weeks it has; that is not known of refusals from before it
 * was counted.
 */
export const ShortfallView = z.object({
  week: Day,
  left: z.number(),
  asked: z.number(),
  weeks: z.int().positive().optional(),
})
export type ShortfallView = z.infer<typeof ShortfallView>

/** Why it was sent back, refused or closed. `code` is a message key; the numbers are the ledger's. */
export const ReasonView = z.object({
  code: z.string(),
  text: z.string(),
  shortfall: ShortfallView.nullable(),
})
export type ReasonView = z.infer<typeof ReasonView>

/** What an offer costs; öre excluding VAT. */
const CostView = z.object({ costModel: z.enum(costModels), orePerHour: z.int().nullable() })

export const TermsView = z.object({
  shares: z.array(Share),
  place: z.enum(placeModes),
  rationale: z.string(),
  /** What the offer cost when the terms were put. Null in terms from before this was kept. */
  cost: CostView.nullable(),
  /** Of the offer then, by which marketplace knows what it came with. Null likewise. */
  offerVersion: z.int().nullable(),
})
export type TermsView = z.infer<typeof TermsView>

export const RevisionView = z.object({
  number: z.int(),
  terms: TermsView,
  message: z.string(),
  organisation: OrganisationRef,
  role: RoleCode,
  at: Instant,
})
export type RevisionView = z.infer<typeof RevisionView>

export const DecisionView = z.object({
  organisation: OrganisationRef,
  side: z.enum(['lender', 'borrower']),
  revision: z.int(),
  decision: z.enum(['yes', 'no']),
  role: RoleCode,
  /** Who decided, to those of the same organisation; null to all others, who know each other by role. */
  personId: z.string().nullable(),
  delegationReference: z.string(),
  reasonCode: z.string().nullable(),
  reasonText: z.string(),
  at: Instant,
  /** False when the terms were opened again after it: it no longer counts. */
  standing: z.boolean(),
})
export type DecisionView = z.infer<typeof DecisionView>

export const PartyView = z.object({
  organisation: OrganisationRef,
  side: z.enum(['lender', 'borrower']),
  /** Has said yes to the latest terms. */
  accepted: z.boolean(),
  /** Its standing decision. */
  decision: z.enum(['yes', 'no']).nullable(),
  /** The case's number in the party's own register. */
  diaryNumber: z.string().nullable(),
  /** How often that has been set. */
  diaryVersion: z.int(),
})
export type PartyView = z.infer<typeof PartyView>

/** One thing that happened. `organisation` and `role` are null for the clock and the ledger. */
export const StepView = z.object({
  at: Instant,
  move: z.enum(moveNames),
  side: z.enum(sides),
  from: Status.nullable(),
  to: Status,
  organisation: OrganisationRef.nullable(),
  role: RoleCode.nullable(),
  revision: z.int(),
  reason: ReasonView.nullable(),
  /** The version this step led to. */
  version: z.int(),
})
export type StepView = z.infer<typeof StepView>

/** A move the actor's organisation can make in the life of an arrangement: open now, or the reason why not. */
export const MoveView = z.object({
  move: z.enum(personMoves),
  allowed: z.boolean(),
  reason: z.enum(moveObstacles).nullable(),
})
export type MoveView = z.infer<typeof MoveView>

const OfferView = z.object({
  offerId: z.string(),
  kind: z.enum(offerKinds),
  mainCompetence: z.string(),
  place: z.enum(placeModes),
  /** Smallest useful slice, hours per week; borrowers who share it make one together. */
  slice: z.number(),
  open: z.boolean(),
  /** Of the offer as new terms will have it: what is changed while it is paused is not told before it is open again. */
  version: z.int(),
  cost: CostView,
})

/** What lists show of an arrangement. */
export const ArrangementSummary = z.object({
  id: z.string(),
  reference: z.string(),
  status: Status,
  version: z.int(),
  /** Which terms are the latest: 1 as first proposed, above it a counter-proposal. */
  revision: z.int(),
  offerId: z.string(),
  competence: z.string(),
  lender: OrganisationRef,
  borrowers: z.array(OrganisationRef),
  /** The organisation that proposed it: one of the parties, or the region that coordinates. */
  proposer: OrganisationRef,
  /** From the first day of any share to the day after the last. */
  period: PeriodView,
  /** Hours per week, all shares together: the most in any week. */
  hoursPerWeek: z.number(),
  holder: HolderView.nullable(),
  proposedAt: Instant,
  updatedAt: Instant,
  /** The last day, when it was decided that it ends earlier than agreed; before the period's first when it never begins. */
  endsOn: Day.nullable(),
  reason: ReasonView.nullable(),
})
export type ArrangementSummary = z.infer<typeof ArrangementSummary>

/** The coordinator's own reminder, and how often it has been set: zero where nobody has. */
export const FollowUpView = z.object({ date: Day.nullable(), note: z.string(), version: z.int() })
export type FollowUpView = z.infer<typeof FollowUpView>

export const ArrangementView = ArrangementSummary.extend({
  region: OrganisationRef,
  offer: OfferView,
  terms: TermsView,
  /** Where the offer no longer has the hours for these terms, as it stands now; null when it has, and once they are asked for. */
  shortfall: ShortfallView.nullable(),
  parties: z.array(PartyView),
  /** Newest first. */
  revisions: z.array(RevisionView),
  /** Oldest first. */
  decisions: z.array(DecisionView),
  /** Oldest first. */
  timeline: z.array(StepView),
  moves: z.array(MoveView),
  /** Whether the actor may set the own authority's diary number. */
  maySetDiaryNumber: z.boolean(),
  /** Null for everyone but the coordinator. */
  followUp: FollowUpView.nullable(),
})
export type ArrangementView = z.infer<typeof ArrangementView>

/** One in a list, with the requests that its latest terms answer. */
export const ArrangementItem = ArrangementSummary.extend({ requestIds: z.array(z.string()) })
export type ArrangementItem = z.infer<typeof ArrangementItem>

export const ArrangementPage = cursorPage(ArrangementItem)
export type ArrangementPage = z.infer<typeof ArrangementPage>

export const WorklistItem = ArrangementSummary.extend({
  /** Days since it was proposed. */
  ageInDays: z.int(),
  followUpDate: Day.nullable(),
  followUpNote: z.string(),
  followUpVersion: z.int(),
  /** The follow-up date has come, and there is still something to follow up. */
  followUpDue: z.boolean(),
  /** Past its deadline, or its follow-up is due. */
  overdue: z.boolean(),
})
export type WorklistItem = z.infer<typeof WorklistItem>

export const Worklist = cursorPage(WorklistItem).extend({
  /** How many there are in each status, whatever the filters say. */
  counts: z.array(z.object({ status: Status, count: z.int() })),
  /** Organisations something waits for now, for the filter, and the one it is set to. */
  holders: z.array(OrganisationRef),
})
export type Worklist = z.infer<typeof Worklist>

/** What waits for the actor: the moves open to the own roles there. */
export const TaskView = z.object({
  arrangement: ArrangementSummary,
  /** `diary_number` waits for the registrar; the others are moves of the arrangement. */
  asks: z.array(z.enum([...personMoves, 'diary_number'])),
  since: Instant,
  until: Day.nullable(),
  overdue: z.boolean(),
})
export type TaskView = z.infer<typeof TaskView>
export const TaskPage = cursorPage(TaskView)
export type TaskPage = z.infer<typeof TaskPage>

/** Days: how many cases, the median and the middle half. Null figures when there is no case. */
export const SpreadView = z.object({
  n: z.int(),
  median: z.number().nullable(),
  lowerQuartile: z.number().nullable(),
  upperQuartile: z.number().nullable(),
})
export type SpreadView = z.infer<typeof SpreadView>

export const StatsSummary = z.object({
  requestToProposal: SpreadView,
  /** Until the last authority has decided. */
  proposalToDecision: SpreadView,
  decisionToStart: SpreadView,
  /** Age of those still open: medians of closed cases say nothing about them. */
  openAge: SpreadView,
  byStatus: z.array(z.object({ status: Status, count: z.int() })),
  /** Declined, withdrawn, lapsed, returned and refused by the ledger. */
  refusals: z.array(z.object({ move: z.enum(moveNames), reasonCode: z.string(), count: z.int() })),
})
export type StatsSummary = z.infer<typeof StatsSummary>

/** Hours per week that go from one organisation to another in approved and active arrangements: the most there is at a time. */
const FlowView = z.object({
  lender: OrganisationRef,
  borrower: OrganisationRef,
  hoursPerWeek: z.number(),
  arrangements: z.int(),
})
export const FlowList = z.object({
  items: z.array(FlowView),
  /** In all: what has several borrowers is one arrangement in the flow to each of them. */
  arrangements: z.int(),
})
export type FlowList = z.infer<typeof FlowList>

/** A county in sums alone: no arrangement and no organisation can be read out of them by name. */
export const CountyFigures = z.object({
  stats: StatsSummary,
  /** What is promised from today on, and how many share and receive it. */
  flow: z.object({ hoursPerWeek: z.number(), arrangements: z.int(), lenders: z.int(), borrowers: z.int() }),
})
export type CountyFigures = z.infer<typeof CountyFigures>

export const AuditPage = cursorPage(
  AuditView.extend({
    /** Null when the copy of the register does not hold it. */
    organisation: OrganisationRef.nullable(),
  }),
)
export type AuditPage = z.infer<typeof AuditPage>
