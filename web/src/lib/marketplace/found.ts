import type { CompetenceSuggestions } from '@samkraft/contracts/marketplace'
import type { FormState } from '#lib/form.ts'

/** What a search for a competence came up with, and which field it was for. */
export type Found = Readonly<{ field: string; words: string }> & CompetenceSuggestions

/** What no words mean. */
export const nothingFound: CompetenceSuggestions = { items: [], notUnderstood: [], extent: null, period: null }

/** One field of which somebody else has changed what it says, as typed and as it stands now. */
export type ConflictRow = Readonly<{
  field: string
  label: string
  /** Null for a field that is on another page. */
  yours: string | null
  now: string | null
}>

/** What the actions of the steps add to a form that comes back. */
type StepDetails = Readonly<{
  found?: Found
  stretches?: number
  version?: number
  conflict?: readonly ConflictRow[]
  /** Where the draft is that others have published meanwhile. */
  published?: string
  /** The draft has been thrown away meanwhile. */
  gone?: boolean
}>

/** Read on the page that its own action answered; the types are those the action gave it. */
export function stepDetails(form: FormState | null | undefined): StepDetails {
  return form?.details ?? {}
}
