import { type ActionFailure, error, fail, type RequestEvent } from '@sveltejs/kit'
import type { z } from 'zod'
import { actingForField, type FieldError, type FormState, shownToField, signedOut } from '#lib/form.ts'
import { m } from '#lib/i18n.ts'
import type { SignedIn } from '#lib/signed-in.ts'
import { keyFrom } from './command-key.ts'
import { FormInput } from './form-input.ts'
import { log } from './log.ts'
import { isMissing, type Misfits, misfitSentence, misfitsOf } from './misfit.ts'
import { sentence } from './problem.ts'
import { refusal, unreachable } from './refusal.ts'

/** What the fields are called, from the top of the page to its end; `*` stands for the number in a list: `segments.*.hoursPerWeek`. */
type Labels = Readonly<Record<string, () => string>>

/** What a field is called; empty when it has no name, or is the whole form. */
export function labelOf(labels: Labels, field: string): string {
  return (labels[field] ?? labels[starred(field)])?.() ?? ''
}

/** Errors in the order of their fields on the page; a schema finds what depends on several fields last. */
export function inOrder<At extends Readonly<{ field: string }>>(labels: Labels, errors: readonly At[]): At[] {
  const names = Object.keys(labels)
  const placed = errors.map((error) => {
    const [whole = '', number] = error.field.split(/\.(\d+)\./)
    const own = names.indexOf(starred(error.field))
    const list = number === undefined ? own : names.findIndex((name) => name === whole || name.startsWith(`${whole}.*`))
    return { error, place: [list < 0 ? names.length : list, Number(number ?? 0), own] as const }
  })
  return placed.sort((a, b) => byPlace(a.place, b.place)).map(({ error }) => error)
}

function byPlace(a: readonly number[], b: readonly number[]): number {
  return a.map((place, index) => place - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0
}

function starred(field: string): string {
  return field.replaceAll(/(?<=\.)\d+(?=\.|$)/g, '*')
}

type Options = Readonly<{
  labels?: Labels
  /** What to do about a field nobody has answered, in a sentence that needs no label: `Välj ja eller nej.` */
  missing?: Labels
  /** Beside which field a refusal belongs: `{ 'person.already_member': 'email' }`. */
  beside?: Readonly<Record<string, string>>
  /** What is the person's own, whichever organisation they work for. */
  personal?: boolean
}>

/** What a form sent, read as a command. Inputs are named by their path in the command's schema: `period.from`. */
export class Form extends FormInput {
  readonly #labels: Labels
  readonly #missing: Labels
  /** The same form sent twice is one command; the same form with other contents is another. */
  readonly commandKey: string

  constructor(data: FormData, address: string, { labels = {}, missing = {} }: Options) {
    super(data)
    this.#labels = labels
    this.#missing = missing
    this.commandKey = keyFrom(address, this.values)
  }

  /** `raw` as the service will take it, or a refusal that names each field that does not fit. */
  input<Schema extends z.ZodType>(schema: Schema, raw: Readonly<Record<string, unknown>>): z.output<Schema> {
    const parsed = schema.safeParse({ commandKey: this.commandKey, ...raw }, { reportInput: true })
    if (!parsed.success) throw new Unfit(this.errorsFrom(misfitsOf(parsed.error)))
    return parsed.data
  }

  errorsFrom(fields: Misfits): FieldError[] {
    return Object.entries(fields).map(([field, misfit]) => {
      const missing = isMissing(misfit) ? this.#missing[field] : undefined
      return missing ? { field, label: '', text: missing() } : this.errorAt(field, misfitSentence(misfit))
    })
  }

  errorAt(field: string, text: string): FieldError {
    const label = labelOf(this.#labels, field)
    // A sentence that begins with the field names it.
    return { field, label: text.startsWith(`${label} `) ? '' : label, text }
  }
}

/** The form does not fit its command; raised before any service is asked to do it. `details` let the page say more. */
export class Unfit extends Error {
  readonly errors: readonly FieldError[]
  readonly details: FormState['details']

  constructor(errors: readonly FieldError[], details: FormState['details'] = {}) {
    super('the form does not fit')
    this.errors = errors
    this.details = details
  }
}

/** A service refused because others were faster; `details` let the page show what they did, which is then all it says. */
export class Overtaken extends Error {
  readonly code: string
  readonly details: FormState['details']

  constructor(code: string, details: FormState['details']) {
    super('others were faster')
    this.code = code
    this.details = details
  }
}

/** Whether a form was shown to another person, whom another tab has signed out since. */
function isOfSomebodyElse(form: Form, { personId }: SignedIn): boolean {
  const shownTo = form.text(shownToField)
  return shownTo !== '' && shownTo !== personId
}

/** Whether a form was shown to the same person for another organisation, which another tab has left since. */
function isOfAnother(form: Form, { organisationId }: SignedIn): boolean {
  const actingFor = form.text(actingForField)
  return actingFor !== '' && actingFor !== organisationId
}

/**
 * Carries out a form action: `run` reads the form, calls a service and redirects. When the form does not fit, the
 * service refuses, or it is away, the page is shown again with everything that was typed and the reason beside its field. So it
 * is when the session has ended meanwhile, as far as script sent it, and when it is another person's or acts for another organisation
 * by now.
 */
export async function act<Result>(
  event: RequestEvent,
  options: Options,
  run: (form: Form) => Promise<Result>,
): Promise<Result | ActionFailure<FormState>> {
  const data = await event.request.formData().catch(() => error(400, m.error_unreadable_form()))
  const form = new Form(data, event.url.pathname + event.url.search, options)
  const refuse = (status: number, state: Partial<FormState>) =>
    fail<FormState>(status, {
      action: event.url.search,
      values: form.kept,
      problem: null,
      code: null,
      details: {},
      ...state,
      errors: inOrder(options.labels ?? {}, state.errors ?? []),
    })
  const { away, ended, actor } = event.locals
  if (away) return refuse(503, { problem: m.error_unavailable_kept() })
  if (ended) return refuse(401, { problem: m.error_signed_out_kept(), code: signedOut })
  if (actor && isOfSomebodyElse(form, actor))
    return refuse(403, { problem: m.error_other_person({ person: actor.title }) })
  if (actor && !options.personal && isOfAnother(form, actor))
    return refuse(403, { problem: m.error_other_organisation({ organisation: actor.organisation.name }) })
  try {
    return await run(form)
  } catch (cause) {
    if (cause instanceof Unfit) return refuse(422, { errors: cause.errors, details: cause.details })
    if (cause instanceof Overtaken) return refuse(409, { code: cause.code, details: cause.details })
    const refused = refusal(cause)
    if (refused) {
      const { status, code, details, fields } = refused
      const field = options.beside?.[code]
      const errors = field ? [form.errorAt(field, sentence(code, details))] : form.errorsFrom(fields)
      return refuse(status, { errors, problem: errors.length > 0 ? null : sentence(code, details), code, details })
    }
    if (!unreachable(cause)) throw cause
    log('warn', 'a service is away', { requestId: event.locals.requestId, route: event.route.id, error: cause })
    return refuse(503, { problem: m.error_unavailable_kept() })
  }
}
