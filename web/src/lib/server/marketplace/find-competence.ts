import type { CompetenceSuggestion } from '@samkraft/contracts/marketplace'
import { type ActionFailure, fail, type RequestEvent } from '@sveltejs/kit'
import type { FieldError, FormState } from '#lib/form.ts'
import { m } from '#lib/i18n.ts'
import type { Found } from '#lib/marketplace/found.ts'
import type { Form } from '../form.ts'
import type { Services } from '../services.ts'
import type { Details } from './kind.ts'

/** How many suggestions a page shows. */
const most = 8

/** The form as it was typed, shown again with more on it. */
export function shownAgain(
  event: RequestEvent,
  form: Form,
  details: FormState['details'],
  errors: FieldError[] = [],
): FormState {
  return { action: event.url.search, values: form.kept, errors, problem: null, code: null, details }
}

/** What fits the words in a search field beside `field`: the step that works without script. */
export async function findCompetence(event: RequestEvent, form: Form, field: string): Promise<FormState> {
  const found = await search(event.locals.services, form, field)
  const errors = found.words === '' ? [form.errorAt(field, m.error_field_required())] : []
  const again = shownAgain(event, form, { found }, errors)
  // The words have done their work: left in the field they would be searched for again when the form goes on.
  return { ...again, values: { ...again.values, [wordsOf(field)]: [''] } }
}

/**
 * What was typed with the words left in search fields taken for the competence they name exactly. Words that name none
 * are shown again with what fits them, for the person to choose.
 */
export async function withWordsChosen(
  event: RequestEvent,
  form: Form,
  typed: Details,
): Promise<{ typed: Details } | { again: ActionFailure<FormState> }> {
  let chosen = typed
  for (const field of Object.keys(typed).filter((field) => form.text(wordsOf(field)) !== '')) {
    const found = await search(event.locals.services, form, field)
    const exact = found.items.find((item) => isNamed(item, found.words))
    if (!exact) {
      const error = form.errorAt(field, m.competence_choose({ words: found.words }))
      return { again: fail(422, shownAgain(event, form, { found }, [error])) }
    }
    const before = chosen[field]
    chosen = { ...chosen, [field]: Array.isArray(before) ? [...new Set([...before, exact.slug])] : exact.slug }
  }
  return { typed: chosen }
}

function wordsOf(field: string): string {
  return `${field}Words`
}

async function search({ marketplace }: Services, form: Form, field: string): Promise<Found> {
  const words = form.text(wordsOf(field)).slice(0, 100)
  if (words === '') return { field, words, items: [] }
  const { items } = await marketplace.competence.suggest.query({ text: words, limit: most })
  return { field, words, items }
}

function isNamed({ sv, en }: CompetenceSuggestion, words: string): boolean {
  return [sv, en].some((name) => name.localeCompare(words, 'sv', { sensitivity: 'accent' }) === 0)
}
