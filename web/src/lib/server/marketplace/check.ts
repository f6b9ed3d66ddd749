import { dateProblems } from '@samkraft/contracts/marketplace'
import { addDays } from '@samkraft/kernel'
import { z } from 'zod'
import { named } from '#lib/form.ts'
import { format } from '#lib/i18n.ts'
import { type Form, Unfit } from '../form.ts'
import { type Misfit, type Misfits, misfitSentence, misfitsOf } from '../misfit.ts'
import { refusal } from '../refusal.ts'
import type { Details, Kind } from './kind.ts'
import { placed } from './placed.ts'

/** Refuses what one step says when it does not fit; what other steps say, or do not say yet, is not looked at. */
export function mustFitStep(kind: Kind, form: Form, step: string, before: Details, typed: Details): void {
  const candidate = { ...kind.blanks, ...saidIn(before), ...typed }
  const misfits = { ...overIn(kind, candidate), ...misfitsIn(kind, form, candidate) }
  const own = Object.entries(misfits).filter(([path]) => isOf(kind, step, path))
  if (own.length > 0) throw new Unfit(form.errorsFrom(Object.fromEntries(own)))
}

/** Refuses what cannot even be kept as a draft, such as words where a number belongs. */
export function mustBeReadable(kind: Kind, form: Form, typed: Details): void {
  const parsed = kind.draftSchema.safeParse(typed, { reportInput: true })
  if (!parsed.success) throw new Unfit(form.errorsFrom(placed(misfitsOf(parsed.error), form)))
}

/** As much of what was typed as a draft can keep. */
export function readable(kind: Kind, typed: Details): Details {
  const parsed = kind.draftSchema.safeParse(typed)
  if (parsed.success) return typed
  const misfit = new Set(parsed.error.issues.map(({ path }) => path[0]))
  return Object.fromEntries(Object.entries(typed).filter(([field]) => !misfit.has(field)))
}

/**
 * Refuses a change that does not fit with the rest of what is published. A misfit that is on another page is said
 * beside the first field of this one, by name.
 */
export function mustFitWhole(kind: Kind, form: Form, step: string, before: Details, typed: Details): void {
  refuse(kind, form, step, misfitsIn(kind, form, { ...before, ...typed }))
}

/** Calls a service; what it finds wrong with single fields is refused beside them. */
export async function besideFields<Result>(
  kind: Kind,
  form: Form,
  step: string,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call()
  } catch (cause) {
    const refused = refusal(cause)
    const fields = refused?.code === `${kind.noun}.incomplete` ? (refused.details['fields'] as Misfits) : null
    if (fields) refuse(kind, form, step, placed(fields, form))
    const hours = form.text('extentAs') === 'total' ? 'totalHours' : 'segments.0.hoursPerWeek'
    if (refused?.code === `${kind.noun}.below_held`) refuse(kind, form, step, { [hours]: belowHeld(refused) })
    throw cause
  }
}

const BelowHeld = z.object({ held: z.number(), weeks: z.array(z.object({ week: z.string() })).min(1) })

/** How many hours are promised, and when, so that one knows how few would do. */
function belowHeld({ code, details }: Misfit): Misfit {
  const { held, weeks } = BelowHeld.parse(details)
  const days = weeks.map(({ week }) => week).sort()
  const [from = '', last = ''] = [days[0], days.at(-1)]
  return { code, details: { held, weeks: format.weeks({ from, to: addDays(last, 1) }) } }
}

function refuse(kind: Kind, form: Form, step: string, misfits: Misfits): void {
  if (Object.keys(misfits).length === 0) return
  const [here = ''] = kind.fieldsOf(step)
  throw new Unfit(
    Object.entries(misfits).map(([path, misfit]) => {
      const text = misfitSentence(misfit)
      if (isOf(kind, step, path)) return form.errorAt(path, text)
      const { label } = form.errorAt(path, text)
      return form.errorAt(here === 'segments' ? 'segments.0.hoursPerWeek' : here, named(label, text))
    }),
  )
}

/**
 * All that is wrong, at once: fields are compared with one another only where each can be read, so that those which cannot
 * are compared as if something that fits stood there.
 */
function misfitsIn(kind: Kind, form: Form, candidate: Details): Misfits {
  const misfits = readMisfits(kind, candidate)
  const unread = new Set(Object.keys(misfits).map((path) => path.split('.')[0] ?? ''))
  const blanks = Object.fromEntries(Object.entries(kind.blanks).filter(([field]) => unread.has(field)))
  // An assignment in hours is spread over its period: without one, nothing is wrong with its hours.
  const { totalHours = null } = 'segments' in blanks ? {} : candidate
  const others = Object.keys(blanks).length === 0 ? {} : readMisfits(kind, { ...candidate, totalHours, ...blanks })
  return placed({ ...others, ...misfits }, form)
}

/** Dates that have passed. The service, whose clock decides, says so again when it is published. */
function overIn(kind: Kind, candidate: Details): Misfits {
  const draft = kind.draftSchema.safeParse(candidate)
  const problems = draft.success ? dateProblems(draft.data, null, format.dateOf(new Date())) : {}
  return Object.fromEntries(Object.entries(problems).map(([path, code]) => [path, { code, details: {} }]))
}

function readMisfits(kind: Kind, candidate: Details): Misfits {
  const parsed = kind.schema.safeParse(candidate, { reportInput: true })
  return parsed.success ? {} : misfitsOf(parsed.error)
}

function isOf(kind: Kind, step: string, path: string): boolean {
  return kind.fieldsOf(step).includes(path.split('.')[0] ?? '')
}

function saidIn(details: Details): Details {
  return Object.fromEntries(
    Object.entries(details).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  )
}
