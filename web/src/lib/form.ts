/** What was wrong with one field: the sentence beside it, and its label for the summary. */
export type FieldError = Readonly<{ field: string; label: string; text: string }>

/**
 * What a refused form brings back to its page: everything that was typed, what is wrong with which field, and the
 * refusal of the whole, if that is what it was. `code` and `details` let a page say more (what changed meanwhile).
 */
export type FormState = Readonly<{
  /** The action that refused, such as `?/publish`: a page may hold several forms. */
  action: string
  values: Readonly<Record<string, readonly string[]>>
  errors: readonly FieldError[]
  problem: string | null
  code: string | null
  details: Readonly<Record<string, unknown>>
}>

/** The code of a form that was sent after its session had ended. */
export const signedOut = 'auth.ended'

/** What an action answered, when it refused: an action that went through may answer something of its own. */
export function refusedBy(answer: unknown, action: string): FormState | null {
  const state = answer as FormState | null | undefined
  return typeof state === 'object' && state !== null && 'errors' in state && nameOf(state.action) === nameOf(action)
    ? state
    : null
}

/** The action's name in an address, which may have a query of its own beside it. */
function nameOf(address: string): string {
  return [...new URLSearchParams(address).keys()].find((key) => key.startsWith('/')) ?? '/default'
}

/** The hidden field that makes a double submit one command. */
export const formKeyField = 'formKey'

/** The hidden fields that say to whom and for which organisation a form was shown. */
export const [shownToField, actingForField] = ['shownTo', 'actingFor']

/** The sentence beside a field; undefined when there is nothing wrong with it. */
export function errorOf(state: FormState | null | undefined, field: string): string | undefined {
  return state?.errors.find((error) => error.field === field)?.text
}

/** What was typed in a field, or `otherwise` when the form has not been sent. */
export function typedIn(state: FormState | null | undefined, field: string, otherwise = ''): string {
  return state?.values[field]?.[0] ?? (state ? '' : otherwise)
}

/** What was chosen among several, or `otherwise` when the form has not been sent. */
export function chosenIn(
  state: FormState | null | undefined,
  field: string,
  otherwise: readonly string[] = [],
): readonly string[] {
  return state ? (state.values[field] ?? []) : otherwise
}

/** A field's label before what is said of it. A question needs no colon. */
export function named(label: string, text: string): string {
  if (label === '') return text
  return `${label}${label.endsWith('?') ? '' : ':'} ${text}`
}

/** The id of a field's control, to link to it: `period.from` → `field-period-from`. */
export function controlId(field: string): string {
  return `field-${field.replaceAll('.', '-')}`
}
