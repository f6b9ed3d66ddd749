import { type ActionFailure, fail, isActionFailure, type RequestEvent } from '@sveltejs/kit'
import { ShortfallView, StepView } from '@samkraft/contracts/arrangements'
import { z } from 'zod'
import type { MoveWithPage } from '#lib/arrangements/move-pages.ts'
import type { FormState } from '#lib/form.ts'
import { format, m } from '#lib/i18n.ts'
import { act, type Form, labelOf } from '../form.ts'
import { sentence } from '../problem.ts'
import { detailSaid, happenedSaid } from './said.ts'

/** What the fields of the forms here are called, in the order they stand there; `*` stands for the number in a list. */
const labels: Readonly<Record<string, () => string>> = {
  'shares.*.hoursPerWeek': m.terms_hours,
  'shares.*.period.from': m.terms_from,
  'shares.*.period.to': m.terms_to,
  place: m.terms_place,
  rationale: m.terms_rationale,
  message: m.terms_message,
  decision: m.decide_question,
  lastDay: m.end_last_day,
  reasonCode: m.form_reason,
  reasonText: m.form_reason_text,
  delegationReference: m.decide_delegation,
  noConflictOfInterest: m.decide_jav,
  diaryNumber: m.diary_title,
  date: m.follow_up_date,
  note: m.follow_up_note,
}

const missing: Readonly<Record<string, () => string>> = {
  rationale: m.missing_rationale,
  decision: m.missing_decision,
  delegationReference: m.missing_delegation,
}

/** What happened meanwhile, for the page of a form that came too late. */
export type Meanwhile = Readonly<{ version: number; changes: readonly Readonly<{ title: string; text: string }>[] }>

/** What one of these is called on the page of a move. */
const labelsOf: Readonly<Partial<Record<MoveWithPage, typeof labels>>> = {
  decline: { reasonCode: m.decline_why },
  withdraw: { reasonCode: m.withdraw_why },
  return: { reasonCode: m.return_why, reasonText: m.return_text },
  end: { reasonCode: m.end_why },
}

/**
 * A form action on an arrangement, of the page of a move where there is one: as `act`, with each refusal of the service beside the
 * field it is about, and a form that came too late shown again with what happened meanwhile.
 */
export async function actOnArrangement<Result>(
  event: RequestEvent,
  run: (form: Form) => Promise<Result>,
  move?: MoveWithPage,
): Promise<Result | ActionFailure<FormState>> {
  const called = { ...labels, ...(move && labelsOf[move]) }
  const answer = await act(event, { labels: called, missing, beside }, run)
  return isRefused(answer) ? fail(answer.status, placed(answer.data)) : answer
}

const beside: Readonly<Record<string, string>> = {
  'arrangement.conflict_of_interest': 'noConflictOfInterest',
  'arrangement.last_day_passed': 'lastDay',
  'arrangement.last_day_not_earlier': 'lastDay',
}

/** `act` refuses with a form's state and nothing else. */
function isRefused(answer: unknown): answer is ActionFailure<FormState> {
  return isActionFailure(answer)
}

/** Whether a form came too late. */
export function isStale(answer: unknown): answer is ActionFailure<FormState> {
  return isRefused(answer) && answer.data.code === 'arrangement.stale'
}

const Located = z.object({ field: z.string() })
const Outside = z.object({
  field: z.string(),
  week: z.string(),
  offered: z.array(z.object({ from: z.string(), to: z.string() })),
})
const Changed = z.object({ changed: z.object({ date: z.string().nullable(), note: z.string() }) })
const Renumbered = z.object({ changed: z.string().nullable() })
const Stale = z.object({ version: z.int(), changes: z.array(StepView) })

/** The refusal with its weeks in words and beside its field. */
function placed(state: FormState): FormState {
  const { code, details } = state
  if (code === 'arrangement.stale') return withMeanwhile(state)
  const short = code === 'arrangement.capacity_short' && ShortfallView.safeParse(details)
  if (short && short.success) return at(state, 'shares.0.hoursPerWeek', tooFewSaid(code, short.data))
  const outside = code === 'arrangement.period_outside' && Outside.safeParse(details)
  if (outside && outside.success) {
    const { field, week, offered } = outside.data
    const said = { week: format.week(week), offered: offered.map((period) => format.period(period)) }
    return at(state, `${field}.from`, sentence(code, said))
  }
  const other = code === 'follow_up.changed' && Changed.safeParse(details)
  if (other && other.success) {
    const { date, note } = other.data.changed
    return {
      ...state,
      problem: sentence(code, { changed: [date ?? m.follow_up_none(), note].filter(Boolean).join(', ') }),
    }
  }
  const renumbered = code === 'diary_number.changed' && Renumbered.safeParse(details)
  if (renumbered && renumbered.success)
    return { ...state, problem: sentence(code, { changed: renumbered.data.changed ?? m.diary_removed() }) }
  const located = Located.safeParse(details)
  if (code === null || !located.success) return state
  const { field } = located.data
  return at(state, /^shares\.\d+$/.test(field) ? `${field}.period.from` : field, sentence(code, details))
}

function tooFewSaid(code: string, { week, weeks = 1, ...hours }: ShortfallView): string {
  const first = sentence(code, { ...hours, week: format.week(week) })
  return weeks > 1 ? `${first} ${m.capacity_short_more({ count: weeks - 1 })}` : first
}

function at(state: FormState, field: string, text: string): FormState {
  return { ...state, errors: [{ field, label: labelOf(labels, field), text }], problem: null }
}

function withMeanwhile(state: FormState): FormState {
  const stale = Stale.safeParse(state.details)
  if (!stale.success) return state
  const changes = stale.data.changes.map((step) => ({ title: happenedSaid(step), text: detailSaid(step) }))
  return { ...state, details: { ...state.details, version: stale.data.version, changes } satisfies Meanwhile }
}
