import type { CompetenceSuggestion } from '@samkraft/contracts/marketplace'
import type { RequestEvent } from '@sveltejs/kit'
import type { FieldError, FormState } from '#lib/form.ts'
import { m } from '#lib/i18n.ts'
import { type Found, nothingFound } from '#lib/marketplace/found.ts'
import { type Form, Unfit } from '../form.ts'
import type { Services } from '../services.ts'
import type { Details } from './kind.ts'

/** How many suggestions a page shows. */
const most = 8
/** As the contract has it. */
const longestDescription = 4_000

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
  // The words have done their work but for those that were not understood, which go on as text.
  return { ...again, values: { ...again.values, [wordsOf(field)]: [found.notUnderstood.join(' ')] } }
}

/**
 * What was typed with the words left in search fields taken for the competence they name exactly. Words that name none are
 * refused with what fits them, for the person to choose. When that is done, the words that no competence came from
 * are kept as text, so that they are read and searched all the same.
 */
export async function withWordsChosen(
  event: RequestEvent,
  form: Form,
  typed: Details,
): Promise<{ typed: Details; asText: string[] }> {
  let chosen = typed
  const asText: string[] = []
  for (const field of Object.keys(typed).filter((field) => form.text(wordsOf(field)) !== '')) {
    const found = await search(event.locals.services, form, field)
    const before = [typed[field] ?? []].flat()
    const exact = found.items.find((item) => isNamed(item, found.words))
    if (!exact && before.length > 0) {
      const isOneOfThem = found.items.some(({ slug }) => before.includes(slug))
      if (isOneOfThem || !found.items.some(isSure)) {
        asText.push(...(isOneOfThem ? found.notUnderstood : [found.words]))
        continue
      }
    }
    if (!exact) {
      const { words, items } = found
      const said = items.length > 0 ? m.competence_choose({ words }) : m.competence_choose_none({ words })
      throw new Unfit([form.errorAt(field, said)], { found })
    }
    chosen = { ...chosen, [field]: Array.isArray(typed[field]) ? [...new Set([...before, exact.slug])] : exact.slug }
  }
  return { typed: chosen, asText }
}

/** What is said with these words at the end of its description, unless they stand there or there is no room. */
export function withWordsAsText(details: Details, words: readonly string[]): Details {
  const said = typeof details.description === 'string' ? details.description : ''
  const added = words.filter((word) => !said.includes(word)).join(' ')
  const description = [said, added].filter((text) => text !== '').join('\n')
  return added === '' || description.length > longestDescription ? details : { ...details, description }
}

/** Whether a word itself is meant, and not a part of it or one that looks like it. */
function isSure({ way }: CompetenceSuggestion): boolean {
  return way !== 'part' && way !== 'alike'
}

function wordsOf(field: string): string {
  return `${field}Words`
}

async function search({ marketplace }: Services, form: Form, field: string): Promise<Found> {
  const words = form.text(wordsOf(field)).slice(0, 100)
  if (words === '') return { field, words, ...nothingFound }
  return { field, words, ...(await marketplace.competence.suggest.query({ text: words, limit: most })) }
}

function isNamed({ sv, en }: CompetenceSuggestion, words: string): boolean {
  return [sv, en].some((name) => name.localeCompare(words, 'sv', { sensitivity: 'accent' }) === 0)
}
