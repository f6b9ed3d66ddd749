import { type FormState, refusedBy } from '#lib/form.ts'

/** A pooled need in short, as a page shows it. */
export type PoolLine = Readonly<{
  id: string
  href: string
  /** What it is and how much: `Ni är inbjudna till ett samlat behov: 5 × 20 %, 40 tim/v (100 %) tillsammans.` */
  text: string
  /** Who has joined, who is invited, and how far it is round. */
  who: string
}>

/** Why the reader cannot do it, or null; left out where there is nothing to do. */
export type Reason = string | null

/** What the page of a request says of pooling: the pooled need it is in, those it could join, and what it could start. */
export type RequestPools = Readonly<{
  own: (PoolLine & Readonly<{ joined: boolean; change: Reason | undefined }>) | null
  could: readonly (PoolLine & Readonly<{ join: Reason }>)[]
  suggestion: PoolSuggestion | null
}>

/** A request in short, where it may be put in a pooled need. */
export type PoolCandidate = Readonly<{ requestId: string; href: string; organisation: string; hours: string }>

export type PoolSuggestion = Readonly<{ key: string; text: string; requestIds: readonly string[]; start: Reason }>

/**
 * What the last action answered, where it was sent from the form that holds these values: a page has many forms of one
 * action, and only one was refused.
 */
export function answerTo(form: unknown, field: string, values: readonly string[]): unknown {
  const sent = (form as FormState | null | undefined)?.values?.[field] ?? []
  return sent.join(' ') === values.join(' ') ? form : null
}

/**
 * A refusal whose form is no longer on the page: what one wanted to join or to start has gone meanwhile, and nothing is left
 * beside which it could be said. `shown` are the values of the forms that are there.
 */
export function unplaced(
  form: unknown,
  actions: readonly string[],
  field: string,
  shown: readonly (readonly string[])[],
): FormState | null {
  if (shown.some((values) => answerTo(form, field, values))) return null
  return actions.map((action) => refusedBy(form, action)).find((state) => state !== null) ?? null
}
