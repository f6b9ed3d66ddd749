import { addDays, lastDay, mondayOf, overlap } from '@samkraft/kernel'
import { z } from 'zod'
import { CivilDate, Command, CountyCode, HoursPerWeek, Id, PeriodInput, VersionedCommand } from '../command.ts'
import { placeModes } from '../marketplace/events.ts'
import { CompetenceSlug, mostCompetences } from '../marketplace/vocabulary.ts'
import { mostOnPage, PageInput } from '../page.ts'
import { isStorable, oneLine, publicText } from '../text.ts'
import { arrangementStatuses, declineReasons, endReasons, returnReasons, withdrawReasons } from './states.ts'

/** What people write to each other; kept in the arrangement, never in an event. */
const Words = publicText(
  z.string().trim().max(2_000, { error: 'text.too_long' }).refine(isStorable, { error: 'text.unreadable' }),
)
const RequiredWords = Words.refine((text) => text !== '', { error: 'text.required' })

/** What one request gets, in one stretch of weeks; whose request it is follows from the request. */
export const ShareInput = z.object({ requestId: Id, period: PeriodInput, hoursPerWeek: HoursPerWeek })
export type ShareInput = z.infer<typeof ShareInput>

const Shares = z
  .array(ShareInput)
  .min(1)
  .max(30)
  .refine((shares) => !shares.some((one, index) => shares.slice(index + 1).some((other) => areTwice(one, other))), {
    error: 'shares.request_twice',
  })

/** A request may get other hours in one term than in the next, but hours are counted by the week: no week is in two shares. */
function areTwice(one: ShareInput, other: ShareInput): boolean {
  const weeks = ({ period }: ShareInput) => ({ from: mondayOf(period.from), to: addDays(mondayOf(lastDay(period)), 7) })
  return one.requestId === other.requestId && overlap(weeks(one), weeks(other)) !== null
}

/** What the parties agree on; a revision carries all of it. */
const Terms = z.object({
  shares: Shares,
  place: z.enum(placeModes),
  /** Why this is better solved together (agreement §4). */
  rationale: RequiredWords,
  message: Words.default(''),
})

/** From a match, a plan or directly: the proposer owns the offer or one of the requests, or coordinates the lender's county. */
export const ProposeArrangement = Command.extend({ offerId: Id }).extend(Terms.shape)
export type ProposeArrangement = z.infer<typeof ProposeArrangement>

const OnArrangement = VersionedCommand.extend({ arrangementId: Id })

/** A counter-proposal: the same requests on other terms. Decisions already taken are void and must be taken anew. */
export const ReviseArrangement = OnArrangement.extend(Terms.shape)
export type ReviseArrangement = z.infer<typeof ReviseArrangement>

/** Yes to the terms of the latest revision; it binds nobody until the authorities have decided. */
export const AcceptArrangement = OnArrangement
export type AcceptArrangement = z.infer<typeof AcceptArrangement>

/** A chosen reason, and words when the choice alone says too little. */
function reasoned<const Codes extends readonly [string, ...string[]]>(codes: Codes) {
  return OnArrangement.extend({ reasonCode: z.enum(codes), reasonText: Words.default('') }).refine(
    ({ reasonCode, reasonText }) => reasonCode !== 'other' || reasonText !== '',
    { error: 'text.required', path: ['reasonText'] },
  )
}

export const DeclineArrangement = reasoned(declineReasons)
export type DeclineArrangement = z.infer<typeof DeclineArrangement>

export const WithdrawArrangement = reasoned(withdrawReasons)
export type WithdrawArrangement = z.infer<typeof WithdrawArrangement>

/** An authority's own yes or no, with the delegation it rests on and the declaration of jäv (FL 16 §). */
export const DecideArrangement = OnArrangement.extend({
  decision: z.enum(['yes', 'no']),
  /** Where the right to decide comes from, such as `Delegationsordning 4.2`. */
  delegationReference: oneLine(200),
  /** The decider declares that no jäv stands in the way; without it another must decide. */
  noConflictOfInterest: z.boolean(),
  reasonCode: z.enum(declineReasons).optional(),
  reasonText: Words.default(''),
})
  .refine(({ decision, reasonCode }) => decision === 'yes' || reasonCode !== undefined, {
    error: 'reason.required',
    path: ['reasonCode'],
  })
  .refine(({ decision, reasonCode, reasonText }) => decision === 'yes' || reasonCode !== 'other' || reasonText !== '', {
    error: 'text.required',
    path: ['reasonText'],
  })
export type DecideArrangement = z.infer<typeof DecideArrangement>

/** The coordinator's yes, with which the hours are asked for. */
export const ApproveArrangement = OnArrangement
export type ApproveArrangement = z.infer<typeof ApproveArrangement>

/** The coordinator sends it back to the parties and says what is missing. */
export const ReturnArrangement = OnArrangement.extend({ reasonCode: z.enum(returnReasons), reasonText: RequiredWords })
export type ReturnArrangement = z.infer<typeof ReturnArrangement>

/** Ends earlier than agreed; hours after the last day become free for others. */
export const EndArrangement = OnArrangement.extend({
  lastDay: CivilDate,
  reasonCode: z.enum(endReasons),
  reasonText: Words.default(''),
}).refine(({ reasonCode, reasonText }) => reasonCode !== 'other' || reasonText !== '', {
  error: 'text.required',
  path: ['reasonText'],
})
export type EndArrangement = z.infer<typeof EndArrangement>

/** The number in the own authority's register; null takes it away. It is no move: its version counts the changes of the number alone. */
export const SetDiaryNumber = Command.extend({
  arrangementId: Id,
  /** Zero where nobody has set any. */
  version: z.int32().nonnegative(),
  diaryNumber: oneLine(60).nullable(),
})
export type SetDiaryNumber = z.infer<typeof SetDiaryNumber>

export const GetArrangement = z.object({ arrangementId: Id })
export type GetArrangement = z.infer<typeof GetArrangement>

/** One word that a list is searched for. It is found in either of two ways. */
export const SoughtWord = z.object({
  /** In the reference, in a diary number or in the name of a party. */
  text: oneLine(100),
  /** Competences that whoever asks has found the word in: their names are marketplace's. */
  competences: z.array(CompetenceSlug).max(mostCompetences),
})
export type SoughtWord = z.infer<typeof SoughtWord>

/** Parties are looked through for each: a title that is pasted has no more. */
export const mostSoughtWords = 8

/** All of the words must be found. */
const Sought = { words: z.array(SoughtWord).max(mostSoughtWords).optional() }

export const ListArrangements = PageInput.extend({
  ...Sought,
  statuses: z.array(z.enum(arrangementStatuses)).max(arrangementStatuses.length).optional(),
  /** The part the own organisation plays. */
  side: z.enum(['lender', 'borrower', 'coordinator']).optional(),
  /** Arrangements that touch one of these offers, or one of these requests. */
  offerIds: z.array(Id).max(mostOnPage).optional(),
  requestIds: z.array(Id).max(mostOnPage).optional(),
  sort: z.enum(['newest', 'latest_change', 'deadline']).default('newest'),
})
export type ListArrangements = z.infer<typeof ListArrangements>

export const ListWorklist = PageInput.extend({
  ...Sought,
  statuses: z.array(z.enum(arrangementStatuses)).max(arrangementStatuses.length).optional(),
  /** The organisation it waits for now. */
  holderId: Id.optional(),
  /** Only what is past its deadline or its follow-up date. */
  overdue: z.boolean().default(false),
  sort: z.enum(['deadline', 'follow_up', 'oldest', 'latest_change']).default('deadline'),
})
export type ListWorklist = z.infer<typeof ListWorklist>

/** The coordinator's own reminder; null takes it away. It is no move: its version counts the changes of the reminder alone. */
export const SetFollowUp = Command.extend({
  arrangementId: Id,
  /** Zero where nobody has set any. */
  version: z.int32().nonnegative(),
  date: CivilDate.nullable(),
  note: Words.default(''),
})
export type SetFollowUp = z.infer<typeof SetFollowUp>

export const ListTasks = PageInput
export type ListTasks = z.infer<typeof ListTasks>

/** Arrangements proposed in the period; without one, all. */
export const SummariseStats = z.object({ period: PeriodInput.optional() })
export type SummariseStats = z.infer<typeof SummariseStats>

/** What is promised for one day; without one, everything promised from today on. */
export const ListFlows = z.object({ day: CivilDate.optional() })
export type ListFlows = z.infer<typeof ListFlows>

/** What is going on in a county, by its code. */
export const GetCountyFigures = z.object({ county: CountyCode })
export type GetCountyFigures = z.infer<typeof GetCountyFigures>
